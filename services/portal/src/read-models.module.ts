import { StoreModule } from '@ariane/bus';
import { Module } from '@nestjs/common';
import { Accounts } from './accounts.store';
import { AppointmentsConsumer } from './appointments.consumer';
import { CareConsumer } from './care.consumer';
import {
  acquaintances,
  organisationCopies,
  patientCopies,
  practitionerCopies,
  readersOfPathways,
  views,
} from './copies.store';
import { LiveChanges } from './live-changes.store';
import { NamesController } from './names.controller';
import { PathwaysConsumer } from './pathways.consumer';
import { messages, patientContacts, patientLinks } from './patient-links.store';
import { PortalDatabase } from './portal-database.store';
import { PortalSettingsModule } from './portal-settings.module';
import { ReadModelsController } from './read-models.controller';
import { copiedServices, ProducersLogs } from './producers-logs.store';
import { StreamController } from './stream.controller';
import { ViewsController } from './views.controller';

/** What screens show besides the services' own answers: names, live changes, saved views. */
@Module({
  imports: [
    PortalSettingsModule,
    StoreModule.forService({
      service: 'portal',
      aggregates: [
        patientCopies,
        acquaintances,
        practitionerCopies,
        organisationCopies,
        readersOfPathways,
        views,
        patientLinks,
        patientContacts,
        messages,
      ],
      readModels: {
        aggregates: [patientCopies, acquaintances, practitionerCopies, organisationCopies, readersOfPathways],
        from: [...copiedServices],
      },
      hears: ['pathways', 'scheduling', 'tele-expertise', 'meetings', 'capitation'],
    }),
  ],
  controllers: [
    NamesController,
    ViewsController,
    StreamController,
    ReadModelsController,
    PathwaysConsumer,
    CareConsumer,
    AppointmentsConsumer,
  ],
  providers: [LiveChanges, ProducersLogs, PortalDatabase, Accounts],
  exports: [PortalDatabase, Accounts],
})
export class ReadModelsModule {}
