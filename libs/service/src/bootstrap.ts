import { assertEveryRouteHasAPolicy } from '@ariane/auth';
import { logger, NestLogger, telemetry } from '@ariane/telemetry';
import { type DynamicModule, Module, type NestApplicationOptions, type Type } from '@nestjs/common';
import { ModulesContainer, NestFactory } from '@nestjs/core';
import type { CustomTransportStrategy } from '@nestjs/microservices';
import type { NestExpressApplication } from '@nestjs/platform-express';

import { clockNow } from './clock';
import { readConfig, type ServiceConfig } from './config';
import { fence } from './edge';
import { Readiness } from './health.controller';
import { ApiDocument } from './openapi';
import { StartWaits } from './registries';
import { ServiceModule } from './service.module';
import { stopper } from './stop';
import { waitFor } from './wait-for';

/** A provider under this token is the transport strategy of the service's events. */
export const EVENT_STRATEGY = Symbol.for('ariane.event-strategy');

export interface ServiceDescription {
  readonly module: Type | DynamicModule;
  /** The service's name, as in its topic and its secret: `tele-expertise`. */
  readonly name: string;
  /** Hears events; without it, a provider under EVENT_STRATEGY is taken, else the service hears none. */
  readonly strategy?: CustomTransportStrategy;
  /**
   * Paths whose bodies are documents of a language of their own, kept as text: their keys may hold dots, as the names
   * in a payment contract's examples do. Operators and prototypes are refused there too.
   */
  readonly documentPaths?: readonly string[];
  /** Paths to which a POST may bring 2 MB, whatever the limit of the others: a document of many pages. */
  readonly largePaths?: readonly string[];
  /** Paths below which bodies are not read: a handler passes them on as they come, whatever their size. */
  readonly passedOnPaths?: readonly string[];
  /** `process.env` by default. */
  readonly env?: NodeJS.ProcessEnv;
}

export interface RunningService {
  readonly app: NestExpressApplication;
  readonly config: ServiceConfig;
  readonly url: string;
  /** Stops in order; the second call waits for the first. */
  readonly stop: () => Promise<void>;
}

/** Node's own 5 s are less than the pauses of those who call: the portal, proxies and browsers. */
const KEEP_ALIVE_MS = 75_000;

@Module({})
class RootModule {}

/** Starts a service as the process's own: a fault at the start or a signal ends the process. For `main.ts`. */
export async function bootstrap(description: ServiceDescription): Promise<RunningService | undefined> {
  try {
    process.on('uncaughtException', die).on('unhandledRejection', die);
    const service = await startService(description);
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      process.once(signal, () => {
        logger.info('The service was asked to stop.', { signal });
        // The process would linger on a forgotten timer or socket.
        void service
          .stop()
          .then(() => telemetry.stop())
          .then(() => process.exit(0), die);
      });
    }
    return service;
  } catch (error) {
    // Our own start-up errors list keys and routes, not data; they are the one thing said in clear.
    process.stderr.write(`${description.name} cannot start. ${error instanceof Error ? error.message : ''}\n`);
    return die(error);
  }
}

/** Starts a service and gives it back; for tests, and for `bootstrap`. Throws an Error that says what is wrong. */
export async function startService(description: ServiceDescription): Promise<RunningService> {
  const { module, name, strategy, env } = description;
  const config = readConfig(env ?? process.env);
  // The demo clock may be started beside the services.
  await waitFor('clock', () => Promise.resolve().then(() => clockNow(env)), { giveUpAfterMs: 15_000 });
  const root = { module: RootModule, imports: [ServiceModule.of(name, config), module] };
  // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- Nest's options are a class in name only
  const options: NestApplicationOptions = { bodyParser: false, abortOnError: false, logger: new NestLogger(logger) };
  const app = await NestFactory.create<NestExpressApplication>(root, options);
  try {
    fence(app, config, description);
    assertEveryRouteHasAPolicy(app);
    await Promise.all(
      app
        .get(StartWaits)
        .all()
        .map((wait) => waitFor(wait.name, wait.run)),
    );
    const events = strategy ?? strategyIn(app);
    if (events !== undefined) app.connectMicroservice({ strategy: closedOnce(events) }, { inheritAppConfig: true });
    await app.init();
    app.get(ApiDocument).make(app, name);
    await app.startAllMicroservices();
    // Whoever keeps a connection gives it up first: one that closes as it is used again fails a call for nothing.
    app.getHttpServer().keepAliveTimeout = KEEP_ALIVE_MS;
    const stop = stopper({ app, config, strategy: events });
    await app.listen(config.port, config.host);
    app.get(Readiness).begin();
    const url = await app.getUrl();
    logger.info('The service is ready.', { name, mode: config.mode, port: Number(new URL(url).port) });
    return { app, config, url, stop };
  } catch (error) {
    await app.close();
    throw error;
  }
}

/** Looked up by hand: asking Nest for a provider that is absent logs an error. */
function strategyIn(app: NestExpressApplication): CustomTransportStrategy | undefined {
  const provided = [...app.get(ModulesContainer).values()].find(({ providers }) => providers.has(EVENT_STRATEGY));
  return provided?.providers.get(EVENT_STRATEGY)?.instance as
    CustomTransportStrategy | undefined; /* the token's contract */
}

/** Our stop closes the strategy before the databases; Nest closes it again later, which then changes nothing. */
function closedOnce(strategy: CustomTransportStrategy): CustomTransportStrategy {
  const close = strategy.close.bind(strategy);
  let closing: Promise<unknown> | undefined;
  strategy.close = () => (closing ??= Promise.resolve(close()));
  return strategy;
}

function die(error: unknown): never {
  logger.error('The process ends.', { error });
  void telemetry.stop();
  process.exit(1);
}
