import type { AnyRoute } from '@tanstack/react-router';

import { screenRoute } from '../screen-route';

export const agendaRoutes = (root: AnyRoute): readonly AnyRoute[] => [
  screenRoute(root, '/agenda', () => import('./agenda'), 'Agenda'),
];
