import { createRootRoute, createRoute, createRouter, Navigate } from '@tanstack/react-router';

import { agendaRoutes } from './screens/agenda/routes';
import { alertsRoutes } from './screens/alerts/routes';
import { financeRoutes } from './screens/finance/routes';
import { linksRoutes } from './screens/links/routes';
import { meetingsRoutes } from './screens/meetings/routes';
import { moreRoutes } from './screens/more/routes';
import { myDayRoutes } from './screens/my-day/routes';
import { opinionsRoutes } from './screens/opinions/routes';
import { pathwaysRoutes } from './screens/pathways/routes';
import { protocolsRoutes } from './screens/protocols/routes';
import { teamRoutes } from './screens/team/routes';
import { homeOf } from './shell/areas';
import { Crashed, NotFound } from './shell/fallbacks';
import { Frame } from './shell/frame';
import { useSession } from './shell/session-context';

export const rootRoute = createRootRoute({ component: Frame, notFoundComponent: NotFound, errorComponent: Crashed });

const homeRoute = createRoute({ getParentRoute: () => rootRoute, path: '/', component: Home });

function Home() {
  return <Navigate to={homeOf(useSession().roles)} replace />;
}

/** Every screen is a part of its own, loaded when one goes there. */
export const makeRouter = () =>
  createRouter({
    routeTree: rootRoute.addChildren([
      homeRoute,
      ...myDayRoutes(rootRoute),
      ...pathwaysRoutes(rootRoute),
      ...alertsRoutes(rootRoute),
      ...opinionsRoutes(rootRoute),
      ...linksRoutes(rootRoute),
      ...meetingsRoutes(rootRoute),
      ...agendaRoutes(rootRoute),
      ...teamRoutes(rootRoute),
      ...protocolsRoutes(rootRoute),
      ...financeRoutes(rootRoute),
      ...moreRoutes(rootRoute),
    ]),
    defaultPreload: 'intent',
    scrollRestoration: true,
  });
