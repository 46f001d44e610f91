import '@ariane/telemetry';
import { bootstrap } from '@ariane/service';
import { passedOnServices } from './passed-on';
import { PortalModule } from './portal.module';

void bootstrap({
  module: PortalModule,
  name: 'portal',
  passedOnPaths: passedOnServices.map((service) => `/api/${service}`),
});
