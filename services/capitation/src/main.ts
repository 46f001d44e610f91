import '@ariane/telemetry';
import { bootstrap } from '@ariane/service';
import { CapitationModule } from './capitation.module';

void bootstrap({ module: CapitationModule, name: 'capitation', documentPaths: ['/payment-contracts'] });
