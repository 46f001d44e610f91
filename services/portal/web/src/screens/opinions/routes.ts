import type { AnyRoute } from '@tanstack/react-router';

import { screenRoute } from '../screen-route';

export const opinionsRoutes = (root: AnyRoute): readonly AnyRoute[] => [
  screenRoute(root, '/opinions', () => import('./opinions'), 'Opinions'),
  screenRoute(root, '/opinions/new', () => import('./new-request'), 'NewRequest'),
];
