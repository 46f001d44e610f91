import type { AnyRoute } from '@tanstack/react-router';

import { screenRoute } from '../screen-route';

export const pathwaysRoutes = (root: AnyRoute): readonly AnyRoute[] => [
  screenRoute(root, '/pathways', () => import('./pathways'), 'Pathways'),
];
