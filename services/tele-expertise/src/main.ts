import '@ariane/telemetry';
import { bootstrap } from '@ariane/service';
import { TeleExpertiseModule } from './tele-expertise.module';

void bootstrap({ module: TeleExpertiseModule, name: 'tele-expertise' });
