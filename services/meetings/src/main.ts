import '@ariane/telemetry';
import { bootstrap } from '@ariane/service';
import { MeetingsModule } from './meetings.module';

void bootstrap({ module: MeetingsModule, name: 'meetings' });
