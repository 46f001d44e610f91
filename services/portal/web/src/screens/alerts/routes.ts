import type { AnyRoute } from '@tanstack/react-router';

import { screenRoute } from '../screen-route';

export const alertsRoutes = (root: AnyRoute): readonly AnyRoute[] => [
  screenRoute(root, '/alerts', () => import('./alerts'), 'Alerts'),
];
