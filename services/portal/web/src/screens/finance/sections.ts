import {
  IconBuildingBank,
  IconChartBar,
  IconFileInvoice,
  IconFileText,
  IconGauge,
  IconLock,
  IconMessageExclamation,
  IconScale,
  IconTableExport,
  IconTrendingUp,
  IconZoomIn,
  type TablerIcon,
} from '@tabler/icons-react';

/** The parts of finance, in the order of a month's work. */
export const sections = [
  { id: 'overview', to: '/finance/$book', icon: IconGauge },
  { id: 'detail', to: '/finance/$book/detail', icon: IconZoomIn },
  { id: 'variance', to: '/finance/$book/variance', icon: IconTrendingUp },
  { id: 'analysis', to: '/finance/$book/analysis', icon: IconChartBar },
  { id: 'close', to: '/finance/$book/close', icon: IconLock },
  { id: 'statements', to: '/finance/$book/statements', icon: IconFileInvoice },
  { id: 'payments', to: '/finance/$book/payments', icon: IconBuildingBank },
  { id: 'disputes', to: '/finance/disputes', icon: IconMessageExclamation },
  { id: 'contracts', to: '/finance/contracts', icon: IconFileText },
  { id: 'whatIf', to: '/finance/what-if', icon: IconScale },
  { id: 'exports', to: '/finance/$book/exports', icon: IconTableExport },
] as const satisfies readonly { readonly id: string; readonly to: string; readonly icon: TablerIcon }[];
export type Section = (typeof sections)[number]['id'];
