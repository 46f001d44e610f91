import '@ariane/telemetry';
import { bootstrap } from '@ariane/service';
import { SchedulingModule } from './scheduling.module';

void bootstrap({ module: SchedulingModule, name: 'scheduling' });
