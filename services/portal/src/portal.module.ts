import { type MiddlewareConsumer, Module, type NestModule } from '@nestjs/common';
import { Door } from './door.guard';
import { IdentityProvider } from './identity-provider.store';
import { OperationsController } from './operations.controller';
import { PageController } from './page.controller';
import { PassedOnController } from './passed-on.controller';
import { PersonTokens } from './person-tokens.store';
import { PortalDatabase } from './portal-database.store';
import { PortalSettingsModule } from './portal-settings.module';
import { ReadModelsModule } from './read-models.module';
import { SessionController } from './session.controller';
import { Sessions } from './sessions.store';
import { SignInController } from './sign-in.controller';
import { SignIns } from './sign-ins.store';

/** Sign-in, sessions, the way to the services, read models and the page. */
@Module({
  imports: [PortalSettingsModule, ReadModelsModule],
  // In this order: the way to the services and the page each leave to others what is not theirs.
  controllers: [SignInController, SessionController, OperationsController, PassedOnController, PageController],
  providers: [PortalDatabase, Sessions, SignIns, IdentityProvider, PersonTokens],
})
export class PortalModule implements NestModule {
  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(Door).forRoutes('{*all}');
  }
}
