import { busSettings, EventStrategy, kafkaClient, patiently, ensureTopics, Subscriber, watch } from '@ariane/bus';
import { topicOf } from '@ariane/contracts';
import { EVENT_STRATEGY, HttpClient, QuietProbes, ReadinessChecks, StopHooks, WakeHooks } from '@ariane/service';
import { FileKeyStore } from '@ariane/store';
import { logger } from '@ariane/telemetry';
import { Inject, Module, type OnApplicationBootstrap } from '@nestjs/common';
import { pathwayActivities, type ServiceUrls } from './pathway.activities';
import { PathwayConsumer } from './pathway.consumer';
import { Reconciler, RECONCILER } from './reconciler.store';
import { startTemporal, type Temporal } from './temporal.module';
import { Waker } from './waker.store';
import { WatchedController } from './watched.controller';

const TEMPORAL = Symbol.for('ariane.temporal');
const WAKER = Symbol.for('ariane.waker');
const GROUP = 'ariane.workflows';

/** The waker looks this often: a lost ring costs a pathway no more. */
const LOOK_MS = 3_000;
/** The two counts are compared this often; the promise is that they agree within a minute. */
const RECONCILE_MS = 20_000;

/** The service's token names one territory; the waker's answer covers all of them. */
const ANY_TERRITORY = 'all';

function urlsFrom(env: NodeJS.ProcessEnv): ServiceUrls {
  const urls: unknown = JSON.parse(env.SERVICE_URLS ?? '{}');
  if (typeof urls !== 'object' || urls === null) throw new Error('SERVICE_URLS must map service names to addresses');
  return urls as ServiceUrls; // read where used; a missing name is told then
}

/** The only process that knows Temporal. */
@Module({
  controllers: [WatchedController],
  providers: [
    {
      provide: TEMPORAL,
      useFactory: (http: HttpClient) =>
        startTemporal(
          process.env.TEMPORAL_ADDRESS ?? '127.0.0.1:7233',
          new FileKeyStore(busSettings(process.env).keysFolder),
          pathwayActivities(http, urlsFrom(process.env)),
        ),
      inject: [HttpClient],
    },
    {
      provide: WAKER,
      useFactory: (http: HttpClient, temporal: Temporal) =>
        new Waker(http, urlsFrom(process.env).pathways ?? '', ANY_TERRITORY, temporal.doorbell),
      inject: [HttpClient, TEMPORAL],
    },
    {
      provide: RECONCILER,
      useFactory: (http: HttpClient, temporal: Temporal) =>
        new Reconciler(http, urlsFrom(process.env).pathways ?? '', ANY_TERRITORY, temporal, temporal.doorbell),
      inject: [HttpClient, TEMPORAL],
    },
    {
      provide: EventStrategy,
      useFactory: async (temporal: Temporal) => {
        const settings = busSettings(process.env);
        const kafka = kafkaClient('workflows', settings.kafkaBrokers);
        await patiently('Kafka', () => ensureTopics(kafka, settings.replicationFactor));
        const consumer = new PathwayConsumer(temporal.doorbell);
        return new EventStrategy(() => new Subscriber(kafka, GROUP, [topicOf('pathways')], consumer));
      },
      inject: [TEMPORAL],
    },
    { provide: EVENT_STRATEGY, useExisting: EventStrategy },
  ],
  exports: [EVENT_STRATEGY],
})
export class WorkflowsModule implements OnApplicationBootstrap {
  constructor(
    @Inject(TEMPORAL) private readonly temporal: Temporal,
    @Inject(WAKER) private readonly waker: Waker,
    @Inject(RECONCILER) private readonly reconciler: Reconciler,
    private readonly strategy: EventStrategy,
    private readonly quiet: QuietProbes,
    private readonly readiness: ReadinessChecks,
    private readonly wakes: WakeHooks,
    private readonly stops: StopHooks,
  ) {}

  onApplicationBootstrap(): void {
    const timer = setInterval(() => void this.look(() => this.waker.look()), LOOK_MS);
    const compare = setInterval(() => void this.look(() => this.reconciler.look()), RECONCILE_MS);
    this.wakes.add('waker', async () => {
      await this.waker.look();
    });
    this.quiet.add('lag', async () => {
      const count = (await this.strategy.current()?.lag()) ?? 0;
      return { quiet: count === 0, count };
    });
    this.readiness.add('temporal', () => true);
    this.stops.add('temporal', () => this.temporal.stop());
    this.stops.add(
      'watchdog',
      watch(() => this.strategy.current()),
    );
    this.stops.add('waker', () => {
      clearInterval(timer);
      clearInterval(compare);
    });
    this.temporal.ended.catch((error: unknown) => {
      logger.error('The worker died; the process ends to be started again.', { error });
      process.exit(1);
    });
  }

  private async look(look: () => Promise<number>): Promise<void> {
    try {
      await look();
    } catch (error) {
      // The next look is seconds away; readiness of pathways is told by pathways.
      logger.warn('The worker could not look after its pathways.', { error });
    }
  }
}
