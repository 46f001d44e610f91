import type { AnyRoute } from '@tanstack/react-router';

import { screenRoute } from '../screen-route';

export const meetingsRoutes = (root: AnyRoute): readonly AnyRoute[] => [
  screenRoute(root, '/meetings', () => import('./meetings'), 'Meetings'),
  screenRoute(root, '/meetings/$meetingId', () => import('./meeting-room'), 'MeetingRoom'),
  screenRoute(root, '/meetings/$meetingId/sheets/$caseId', () => import('./case-sheet'), 'CaseSheet'),
];
