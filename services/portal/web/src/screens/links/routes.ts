import type { AnyRoute } from '@tanstack/react-router';

import { screenRoute } from '../screen-route';

export const linksRoutes = (root: AnyRoute): readonly AnyRoute[] => [
  screenRoute(root, '/inbox', () => import('./inbox'), 'Inbox'),
  screenRoute(root, '/patients/$patientId/links', () => import('./patient-links'), 'PatientLinks'),
];
