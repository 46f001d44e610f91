import type { AnyRoute } from '@tanstack/react-router';

import { screenRoute } from '../screen-route';

export const moreRoutes = (root: AnyRoute): readonly AnyRoute[] => [
  screenRoute(root, '/glossary', () => import('./glossary'), 'Glossary'),
  screenRoute(root, '/first-day', () => import('./first-day'), 'FirstDay'),
  screenRoute(root, '/ops', () => import('./operations'), 'Operations'),
  screenRoute(root, '/audit', () => import('./audit'), 'Audit'),
  screenRoute(root, '/accessibility', () => import('./accessibility'), 'Accessibility'),
];
