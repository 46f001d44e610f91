import type { AnyRoute } from '@tanstack/react-router';

import { screenRoute } from '../screen-route';

export const myDayRoutes = (root: AnyRoute): readonly AnyRoute[] => [
  screenRoute(root, '/my-day', () => import('./my-day'), 'MyDay'),
];
