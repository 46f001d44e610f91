import type { AnyRoute } from '@tanstack/react-router';

import { screenRoute } from '../screen-route';

export const financeRoutes = (root: AnyRoute): readonly AnyRoute[] => [
  screenRoute(root, '/finance', () => import('./finance'), 'Finance'),
];
