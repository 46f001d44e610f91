import '@ariane/telemetry';
import { bootstrap } from '@ariane/service';
import { WorkflowsModule } from './workflows.module';

void bootstrap({ module: WorkflowsModule, name: 'workflows' });
