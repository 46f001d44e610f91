import type { AnyRoute } from '@tanstack/react-router';

import { screenRoute } from '../screen-route';

export const protocolsRoutes = (root: AnyRoute): readonly AnyRoute[] => [
  screenRoute(root, '/protocols', () => import('./protocols'), 'Protocols'),
];
