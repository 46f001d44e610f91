import { bootstrap } from './index';
import { VisitModule } from './service.fixture';

void bootstrap({ module: VisitModule, name: 'scheduling' });
