import type { AnyRoute } from '@tanstack/react-router';

import { screenRoute } from '../screen-route';

export const teamRoutes = (root: AnyRoute): readonly AnyRoute[] => [
  screenRoute(root, '/team', () => import('./team'), 'Team'),
];
