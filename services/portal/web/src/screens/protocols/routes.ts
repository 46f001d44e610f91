import type { AnyRoute } from '@tanstack/react-router';

import { screenRoute } from '../screen-route';

export const protocolsRoutes = (root: AnyRoute): readonly AnyRoute[] => [
  screenRoute(root, '/protocols', () => import('./protocols'), 'Protocols'),
  screenRoute(root, '/protocols/publish', () => import('./publish'), 'Publish'),
  screenRoute(root, '/protocols/$protocol/$version', () => import('./protocol-screen'), 'ProtocolScreen'),
  screenRoute(root, '/protocols/$protocol/$version/against/$other', () => import('./difference'), 'DifferenceScreen'),
];
