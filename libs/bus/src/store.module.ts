import { topicOf } from '@ariane/contracts';
import { EVENT_STRATEGY, QuietProbes, ReadinessChecks, StopHooks } from '@ariane/service';
import { type Database, ensureIndexes, FileKeyStore, openDatabase, Store } from '@ariane/store';
import { logger } from '@ariane/telemetry';
import { type DynamicModule, Inject, Module, type OnApplicationBootstrap } from '@nestjs/common';
import type { Kafka } from 'kafkajs';
import { EventStrategy } from './event-strategy';
import { FactTail } from './fact-tail';
import { ensureTopics, kafkaClient } from './kafka';
import { OperationsController } from './operations.controller';
import { STORE_OPTIONS, type StoreOptions } from './options';
import { parkedKeysOf } from './parked-key';
import { Rebuild } from './rebuild';
import { Relay } from './relay';
import { type BusSettings, busSettings } from './settings';
import { StoreProcessor } from './store-processor';
import { Subscriber } from './subscriber';
import { patiently } from './patiently';
import { watch } from './watchdog';

const DATABASE = Symbol.for('ariane.database');
const KAFKA = Symbol.for('ariane.kafka');
const SETTINGS = Symbol.for('ariane.bus-settings');

/** What Nest builds a processor with; the strategy gives it its listeners. */
class Listening {
  listenerOf: ConstructorParameters<typeof StoreProcessor>[3] = () => undefined;
}

const groupOf = (service: string): string => `ariane.${service}`;

/** A service's database, its write path, its relay to Kafka and its consumer. */
@Module({})
export class StoreModule implements OnApplicationBootstrap {
  constructor(
    private readonly relay: Relay,
    private readonly strategy: EventStrategy,
    private readonly store: Store,
    private readonly quiet: QuietProbes,
    private readonly readiness: ReadinessChecks,
    private readonly stops: StopHooks,
    @Inject(DATABASE) private readonly database: Database,
  ) {}

  static forService(options: StoreOptions): DynamicModule {
    return {
      module: StoreModule,
      global: true,
      controllers: [OperationsController],
      providers: [
        { provide: STORE_OPTIONS, useValue: options },
        { provide: SETTINGS, useFactory: () => busSettings(process.env) },
        { provide: DATABASE, useFactory: (settings: BusSettings) => database(options, settings), inject: [SETTINGS] },
        { provide: KAFKA, useFactory: (settings: BusSettings) => kafka(options, settings), inject: [SETTINGS] },
        {
          provide: Store,
          useFactory: (opened: Database, settings: BusSettings) =>
            new Store(opened, new FileKeyStore(settings.keysFolder), options.service),
          inject: [DATABASE, SETTINGS],
        },
        {
          provide: Relay,
          useFactory: (store: Store, client: Kafka) => new Relay(store, client, options.service),
          inject: [Store, KAFKA],
        },
        Listening,
        {
          provide: StoreProcessor,
          useFactory: (store: Store, listening: Listening) =>
            new StoreProcessor(store, options, groupOf(options.service), (type) => listening.listenerOf(type)),
          inject: [Store, Listening],
        },
        {
          provide: EventStrategy,
          useFactory: (client: Kafka, processor: StoreProcessor, listening: Listening) =>
            new EventStrategy((listenerOf) => {
              listening.listenerOf = listenerOf;
              return new Subscriber(client, groupOf(options.service), options.hears.map(topicOf), processor);
            }),
          inject: [KAFKA, StoreProcessor, Listening],
        },
        { provide: EVENT_STRATEGY, useExisting: EventStrategy },
        rebuilding(options),
        {
          provide: FactTail,
          useFactory: (client: Kafka) => new FactTail(client, options.service, options.hears.map(topicOf)),
          inject: [KAFKA],
        },
      ],
      exports: [Store, STORE_OPTIONS, EVENT_STRATEGY, EventStrategy, FactTail, Rebuild],
    };
  }

  onApplicationBootstrap(): void {
    this.relay.start();
    this.quiet.add('outbox', async () => counted(await this.relay.unpublished()));
    this.quiet.add('lag', async () => counted((await this.strategy.current()?.lag()) ?? 0));
    this.readiness.add('bus', () => this.strategy.current()?.troubled !== true);
    this.stops.add('database', () => this.database.connection.close());
    this.stops.add('relay', () => this.relay.stop());
    this.stops.add('commands', () => this.store.drain());
    this.stops.add(
      'watchdog',
      watch(() => this.strategy.current()),
    );
  }
}

const rebuilding = (options: StoreOptions) => ({
  provide: Rebuild,
  useFactory: (store: Store, client: Kafka, listening: Listening) =>
    new Rebuild(store, client, options, (type) => listening.listenerOf(type)),
  inject: [Store, KAFKA, Listening],
});

const counted = (count: number) => ({ quiet: count === 0, count });

async function database(options: StoreOptions, settings: BusSettings): Promise<Database> {
  const opened = await patiently('MongoDB', () => openDatabase(settings.mongoUrl, databaseOf(options.service)));
  await ensureIndexes(opened, [...options.aggregates, parkedKeysOf(options.service)]);
  return opened;
}

async function kafka(options: StoreOptions, settings: BusSettings): Promise<Kafka> {
  const client = kafkaClient(options.service, settings.kafkaBrokers);
  await patiently('Kafka', () => ensureTopics(client, settings.replicationFactor));
  logger.info('The topics exist.', { count: options.hears.length });
  return client;
}

/** `ariane_tele_expertise`: one database per service. */
export const databaseOf = (service: string): string => `ariane_${service.replaceAll('-', '_')}`;
