import { StoreModule } from '@ariane/bus';
import { QuietProbes, StartWaits, StopHooks } from '@ariane/service';
import { Store } from '@ariane/store';
import { Module, type OnApplicationBootstrap } from '@nestjs/common';
import { AdvanceController } from './advance.controller';
import { alerts, organisations, pathways, patients, paymentContracts, practitioners, tasks } from './aggregates.store';
import { BlindIndex } from './blind-index.store';
import { CapitationConsumer } from './capitation.consumer';
import { DirectoryController } from './directory.controller';
import { Enrolment } from './enrolment.store';
import { ImportController } from './import/import.controller';
import { importsOf } from './import-wiring.store';
import { Imports } from './import/import.store';
import { MeetingsConsumer } from './meetings.consumer';
import { onParked, OperationsConsumer } from './operations.consumer';
import { PathwaysController } from './pathways.controller';
import { PatientNames } from './patient-names.store';
import { PatientsController } from './patients.controller';
import { ProtocolsController } from './protocols.controller';
import { SchedulingConsumer } from './scheduling.consumer';
import { PathwaySight } from './sight.store';
import { TeleExpertiseConsumer } from './tele-expertise.consumer';
import { PathwayWatch } from './watch.store';
import { WorklistController } from './worklist.controller';

@Module({
  imports: [
    StoreModule.forService({
      service: 'pathways',
      aggregates: [patients, practitioners, organisations, paymentContracts, pathways, tasks, alerts],
      hears: ['scheduling', 'tele-expertise', 'meetings', 'capitation'],
      onParked,
    }),
  ],
  controllers: [
    ImportController,
    PatientsController,
    DirectoryController,
    PathwaysController,
    ProtocolsController,
    WorklistController,
    AdvanceController,
    SchedulingConsumer,
    TeleExpertiseConsumer,
    MeetingsConsumer,
    CapitationConsumer,
    OperationsConsumer,
  ],
  providers: [
    BlindIndex,
    Enrolment,
    PathwaySight,
    PathwayWatch,
    PatientNames,
    { provide: Imports, useFactory: importsOf, inject: [Store, BlindIndex, StartWaits, QuietProbes] },
  ],
})
export class PathwaysModule implements OnApplicationBootstrap {
  constructor(
    private readonly stops: StopHooks,
    private readonly names: PatientNames,
    private readonly imports: Imports,
  ) {}

  /** Hooks run last added first: what reads the database stops before the database closes. */
  onApplicationBootstrap(): void {
    this.stops.add('imports', () => this.imports.stop());
    this.stops.add('patient names', () => this.names.stop());
  }
}
