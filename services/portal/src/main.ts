import '@ariane/telemetry';
import { bootstrap } from '@ariane/service';
import { PortalModule } from './portal.module';

void bootstrap({ module: PortalModule, name: 'portal' });
