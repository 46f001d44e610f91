import { assertEveryReadIsDeclared } from '@ariane/service';
import { type DynamicModule, Module, type OnModuleInit } from '@nestjs/common';
import { APP_INTERCEPTOR, ModulesContainer, Reflector } from '@nestjs/core';
import { Accesses } from './accesses';
import { AuditController } from './audit.controller';
import { anonymousSubjects, AUDIT_SUBJECTS, type AuditSubjects } from './audit-subjects';
import { DisclosureInterceptor } from './disclosure.interceptor';
import { ReadAudit } from './read-audit';
import { AuditSealer } from './sealer';
import { AuditVerifier } from './verifier';

/** Audits every read of a service, seals its audit, and serves it; the service does not start with a silent read. */
@Module({})
export class AuditModule implements OnModuleInit {
  constructor(
    private readonly modules: ModulesContainer,
    private readonly reflector: Reflector,
  ) {}

  /** @param subjects what the service knows of care teams and names; neither unless said */
  static forService(subjects: AuditSubjects = anonymousSubjects): DynamicModule {
    return {
      module: AuditModule,
      controllers: [AuditController],
      providers: [
        ...[Accesses, AuditSealer, AuditVerifier, ReadAudit],
        { provide: AUDIT_SUBJECTS, useValue: subjects },
        { provide: APP_INTERCEPTOR, useClass: DisclosureInterceptor },
      ],
    };
  }

  onModuleInit(): void {
    assertEveryReadIsDeclared(this.modules, this.reflector);
  }
}
