import type { AnyRoute } from '@tanstack/react-router';

import { screenRoute } from '../screen-route';

export const financeRoutes = (root: AnyRoute): readonly AnyRoute[] => [
  screenRoute(root, '/finance', () => import('./finance'), 'Finance'),
  screenRoute(root, '/finance/mine', () => import('./mine'), 'Mine'),
  screenRoute(root, '/finance/mine/$book/$kind/$number', () => import('./own-statement'), 'OwnStatement'),
  screenRoute(root, '/finance/disputes', () => import('./disputes'), 'Disputes'),
  screenRoute(root, '/finance/contracts', () => import('./contracts'), 'Contracts'),
  screenRoute(root, '/finance/contracts/$contract/$version', () => import('./contract'), 'ContractScreen'),
  screenRoute(root, '/finance/contracts/$contract/keys/$key', () => import('./split-key'), 'SplitKeyScreen'),
  screenRoute(root, '/finance/what-if', () => import('./what-if'), 'WhatIf'),
  screenRoute(root, '/finance/entries/$entry', () => import('./entry'), 'EntryScreen'),
  screenRoute(root, '/finance/events/$event', () => import('./event'), 'EventScreen'),
  screenRoute(root, '/finance/$book', () => import('./overview'), 'Overview'),
  screenRoute(root, '/finance/$book/detail', () => import('./detail'), 'Detail'),
  screenRoute(root, '/finance/$book/variance', () => import('./variance'), 'VarianceScreen'),
  screenRoute(root, '/finance/$book/analysis', () => import('./analysis'), 'Analysis'),
  screenRoute(root, '/finance/$book/close', () => import('./closing'), 'Closing'),
  screenRoute(root, '/finance/$book/statements', () => import('./statements'), 'Statements'),
  screenRoute(root, '/finance/$book/statements/$kind/$number', () => import('./statement'), 'StatementScreen'),
  screenRoute(root, '/finance/$book/payments', () => import('./payments'), 'Payments'),
  screenRoute(root, '/finance/$book/payments/$batch', () => import('./batch'), 'BatchScreen'),
  screenRoute(root, '/finance/$book/exports', () => import('./exports'), 'Exports'),
];
