import '@ariane/telemetry';
import { bootstrap } from '@ariane/service';
import { PathwaysModule } from './pathways.module';

void bootstrap({
  module: PathwaysModule,
  name: 'pathways',
  documentPaths: ['/protocols'],
  largePaths: ['/protocols'],
});
