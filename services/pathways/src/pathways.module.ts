import { AuditModule } from '@ariane/audit';
import { StoreModule } from '@ariane/bus';
import { QuietProbes, StartWaits, StopHooks } from '@ariane/service';
import { Store } from '@ariane/store';
import { Module, type OnApplicationBootstrap } from '@nestjs/common';
import { AdvanceController } from './advance.controller';
import {
  organisations,
  pathways,
  patients,
  paymentContracts,
  practitioners,
  protocolVersions,
  tasks,
} from './aggregates.store';
import { AlertsController } from './alerts.controller';
import { alertBundles, alerts, attentions } from './alerts.store';
import { auditSubjects } from './audit-subjects.store';
import { BreakGlassController } from './break-glass.controller';
import { breakGlasses, BreakGlassWatch } from './break-glass.store';
import { BulkController } from './bulk.controller';
import { BlindIndex } from './blind-index.store';
import { CapitationConsumer } from './capitation.consumer';
import { DirectoryController } from './directory.controller';
import { duties } from './duties.store';
import { Enrolment } from './enrolment.store';
import { CoverWatch } from './cover-watch.store';
import { Escalation } from './escalation.store';
import { ImportController } from './import/import.controller';
import { importsOf } from './import-wiring.store';
import { Imports } from './import/import.store';
import { MeetingsConsumer } from './meetings.consumer';
import { onParked, OperationsConsumer } from './operations.consumer';
import { PathwaysController } from './pathways.controller';
import { PatientNames } from './patient-names.store';
import { PatientPlanController } from './patient-plan.controller';
import { PatientRequestsController } from './patient-requests.controller';
import { patientRequests } from './patient-requests.store';
import { PatientsController } from './patients.controller';
import { MigrationsController } from './migrations.controller';
import { Migrations } from './migrations.store';
import { ProtocolShelf } from './protocol-shelf.store';
import { ProtocolsController } from './protocols.controller';
import { StepsController } from './steps.controller';
import { SchedulingConsumer } from './scheduling.consumer';
import { Sharing } from './sharing.store';
import { PathwaySight } from './sight.store';
import { TasksController } from './tasks.controller';
import { TeleExpertiseConsumer } from './tele-expertise.consumer';
import { PathwayWatch } from './watch.store';
import { TimelineController } from './timeline.controller';
import { PathwayReads } from './pathway-reads.store';
import { RecordedFacts } from './recorded-facts.store';
import { StreamController } from './stream.controller';
import { ChangeFeed } from './change-feed.store';
import { WorklistController } from './worklist.controller';
import { WorklistCatchUp } from './worklist-catch-up.store';
import { Worklist } from './worklist.store';
import { works } from './works.store';

@Module({
  imports: [
    StoreModule.forService({
      service: 'pathways',
      aggregates: [
        patients,
        practitioners,
        organisations,
        paymentContracts,
        protocolVersions,
        pathways,
        tasks,
        alerts,
        attentions,
        alertBundles,
        breakGlasses,
        duties,
        works,
        patientRequests,
      ],
      hears: ['scheduling', 'tele-expertise', 'meetings', 'capitation', 'portal'],
      onParked,
    }),
    AuditModule.forService(auditSubjects),
  ],
  controllers: [
    ImportController,
    PatientsController,
    PatientPlanController,
    PatientRequestsController,
    DirectoryController,
    PathwaysController,
    ProtocolsController,
    MigrationsController,
    StepsController,
    WorklistController,
    TasksController,
    AlertsController,
    TimelineController,
    StreamController,
    BreakGlassController,
    BulkController,
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
    Sharing,
    ProtocolShelf,
    Migrations,
    PathwayWatch,
    CoverWatch,
    Escalation,
    BreakGlassWatch,
    PatientNames,
    Worklist,
    WorklistCatchUp,
    RecordedFacts,
    PathwayReads,
    ChangeFeed,
    { provide: Imports, useFactory: importsOf, inject: [Store, BlindIndex, StartWaits, QuietProbes] },
  ],
})
export class PathwaysModule implements OnApplicationBootstrap {
  constructor(
    private readonly stops: StopHooks,
    private readonly names: PatientNames,
    private readonly imports: Imports,
    private readonly feed: ChangeFeed,
  ) {}

  /** Hooks run last added first: what reads the database stops before the database closes. */
  onApplicationBootstrap(): void {
    this.stops.add('change feed', () => this.feed.stop());
    this.stops.add('imports', () => this.imports.stop());
    this.stops.add('patient names', () => this.names.stop());
  }
}
