export { AuditModule } from './audit.module';
export type { AuditSubjects } from './audit-subjects';
export { AuditSealer } from './sealer';
