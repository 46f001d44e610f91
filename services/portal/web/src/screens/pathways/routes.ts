import type { AnyRoute } from '@tanstack/react-router';

import { screenRoute } from '../screen-route';

export const pathwaysRoutes = (root: AnyRoute): readonly AnyRoute[] => [
  screenRoute(root, '/pathways', () => import('./pathways'), 'Pathways'),
  screenRoute(root, '/pathways/new', () => import('./enrolment'), 'Enrolment'),
  screenRoute(root, '/pathways/$id', () => import('./pathway-screen'), 'PathwayScreen'),
  screenRoute(root, '/pathways/$id/plan', () => import('./care-plan'), 'CarePlan'),
  screenRoute(root, '/patients/$id', () => import('./patient-screen'), 'PatientScreen'),
];
