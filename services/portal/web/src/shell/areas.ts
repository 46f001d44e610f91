import {
  IconAlertTriangle,
  IconBuildingBank,
  IconCalendarEvent,
  IconChecklist,
  IconClipboardText,
  IconHelp,
  IconMail,
  IconMessageQuestion,
  IconRoute,
  IconServerCog,
  IconShieldLock,
  IconSitemap,
  IconUsers,
  IconUsersGroup,
  type TablerIcon,
} from '@tabler/icons-react';

import type { Role } from '../api/session';

export interface Area {
  readonly id: AreaId;
  readonly to: string;
  readonly icon: TablerIcon;
  /** Pressed after `g`. */
  readonly key: string;
  /** Whose work it is; nobody else is shown the way to it. */
  readonly roles: readonly Role[];
  readonly group: 'work' | 'more';
}

type AreaId =
  | 'myDay'
  | 'pathways'
  | 'alerts'
  | 'opinions'
  | 'meetings'
  | 'agenda'
  | 'team'
  | 'protocols'
  | 'finance'
  | 'audit'
  | 'inbox'
  | 'ops'
  | 'glossary'
  | 'firstDay';

const care: readonly Role[] = ['coordinator', 'specialist', 'requester', 'meeting-secretary', 'chair'];
const money: readonly Role[] = ['finance', 'finance-approver', 'auditor'];
const keepers: readonly Role[] = ['territory-administrator', 'auditor'];

/** The parts of the workspace, in the order of the rail. */
const areas: readonly Area[] = [
  { id: 'myDay', to: '/my-day', icon: IconChecklist, key: 'd', roles: care, group: 'work' },
  { id: 'pathways', to: '/pathways', icon: IconRoute, key: 'p', roles: care, group: 'work' },
  { id: 'alerts', to: '/alerts', icon: IconAlertTriangle, key: 'a', roles: care, group: 'work' },
  { id: 'opinions', to: '/opinions', icon: IconMessageQuestion, key: 'o', roles: care, group: 'work' },
  { id: 'meetings', to: '/meetings', icon: IconUsersGroup, key: 'm', roles: care, group: 'work' },
  { id: 'agenda', to: '/agenda', icon: IconCalendarEvent, key: 'c', roles: care, group: 'work' },
  { id: 'team', to: '/team', icon: IconUsers, key: 't', roles: [...care, 'territory-administrator'], group: 'work' },
  {
    ...{ id: 'finance', to: '/finance', icon: IconBuildingBank, key: 'f', group: 'work' },
    roles: [...money, 'specialist', 'requester', 'coordinator'],
  },
  {
    ...{ id: 'protocols', to: '/protocols', icon: IconSitemap, key: 'r', group: 'work' },
    roles: ['coordinator', 'specialist', 'chair', 'protocol-editor', 'territory-administrator', 'auditor'],
  },
  { id: 'audit', to: '/audit', icon: IconShieldLock, key: 'u', roles: keepers, group: 'more' },
  { id: 'ops', to: '/ops', icon: IconServerCog, key: 's', roles: keepers, group: 'more' },
  { id: 'inbox', to: '/inbox', icon: IconMail, key: 'i', roles: [...care, ...money, ...keepers], group: 'more' },
  {
    id: 'glossary',
    to: '/glossary',
    icon: IconClipboardText,
    key: 'l',
    roles: [...care, ...money, ...keepers, 'protocol-editor'],
    group: 'more',
  },
  {
    id: 'firstDay',
    to: '/first-day',
    icon: IconHelp,
    key: 'h',
    roles: [...care, ...money, ...keepers, 'protocol-editor'],
    group: 'more',
  },
];

/** Those that somebody of these roles works in. */
export const areasOf = (roles: readonly Role[]): readonly Area[] =>
  areas.filter((area) => area.roles.some((role) => roles.includes(role)));

/** Where somebody's day begins: the first of their areas. */
export function homeOf(roles: readonly Role[]): string {
  const isMoneyOnly = roles.some((role) => money.includes(role)) && !roles.some((role) => care.includes(role));
  return isMoneyOnly ? '/finance' : (areasOf(roles)[0]?.to ?? '/glossary');
}
