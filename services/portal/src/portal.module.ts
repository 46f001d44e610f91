import { AuditModule } from '@ariane/audit';
import { type MiddlewareConsumer, Module, type NestModule } from '@nestjs/common';
import { RouterModule } from '@nestjs/core';
import { Door } from './door.guard';
import { IdentityProvider } from './identity-provider.store';
import { LinkAccessController } from './link-access.controller';
import { OperationsController } from './operations.controller';
import { PageController } from './page.controller';
import { PassedOnController } from './passed-on.controller';
import { PatientDrafts } from './patient-drafts.store';
import { PatientPageController } from './patient-page.controller';
import { PatientSessions } from './patient-sessions.store';
import { PatientLinksController } from './patient-links.controller';
import { InboxController } from './inbox.controller';
import { MessageSender } from './message-sender.store';
import { PersonTokens } from './person-tokens.store';
import { PortalSettingsModule } from './portal-settings.module';
import { ReadModelsModule } from './read-models.module';
import { SessionController } from './session.controller';
import { Sessions } from './sessions.store';
import { SharedPlanController } from './shared-plan.controller';
import { SignInController } from './sign-in.controller';
import { SignIns } from './sign-ins.store';

/** Sign-in, sessions, links for who has no account, the way to the services, read models and the page. */
@Module({
  imports: [
    ...[PortalSettingsModule, ReadModelsModule, AuditModule.forService()],
    // Beside the audits of the services, which the portal passes on.
    RouterModule.register([{ path: 'api/portal', module: AuditModule }]),
  ],
  // In this order: the way to the services and the page each leave to others what is not theirs.
  controllers: [
    SignInController,
    SessionController,
    LinkAccessController,
    PatientLinksController,
    PatientPageController,
    InboxController,
    SharedPlanController,
    OperationsController,
    PassedOnController,
    PageController,
  ],
  providers: [Sessions, SignIns, IdentityProvider, PersonTokens, PatientSessions, PatientDrafts, MessageSender],
})
export class PortalModule implements NestModule {
  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(Door).forRoutes('{*all}');
  }
}
