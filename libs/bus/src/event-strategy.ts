import type { ReceivedEvent } from '@ariane/contracts';
import type { Effect } from '@ariane/store';
import { type CustomTransportStrategy, Server } from '@nestjs/microservices';
import { lastValueFrom } from 'rxjs';
import type { Listener } from './store-processor';
import type { Subscriber } from './subscriber';

/** Events reach Nest's handlers through this strategy, whose consumer commits only what is durable. */
export class EventStrategy extends Server implements CustomTransportStrategy {
  private subscriber: Subscriber | undefined;

  /** @param subscribe makes the consumer once Nest has registered the handlers */
  constructor(private readonly subscribe: (listenerOf: (type: string) => Listener | undefined) => Subscriber) {
    super();
  }

  listen(callback: (error?: unknown) => void): void {
    this.subscriber = this.subscribe((type) => this.listenerOf(type));
    this.subscriber.start().then(
      () => {
        callback();
      },
      (error: unknown) => {
        callback(error);
      },
    );
  }

  async close(): Promise<void> {
    await this.subscriber?.stop();
  }

  /** The consumer, once it listens. */
  current(): Subscriber | undefined {
    return this.subscriber;
  }

  on(): never {
    throw new Error('the bus has no events of its own');
  }

  // Nest's signature, whose caller names what it expects.
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- see above
  unwrap<T>(): T {
    return this.subscriber as T; // see above
  }

  /** Nest's handler as a function from event to commands. */
  private listenerOf(type: string): Listener | undefined {
    const handler = this.getHandlerByPattern(type);
    if (handler === null) return undefined;
    return async (event: ReceivedEvent) => {
      const answer: unknown = await handler(event);
      const effects: unknown = await lastValueFrom(this.transformToObservable(answer), { defaultValue: undefined });
      return Array.isArray(effects) ? (effects as Effect[]) : []; // what a method under @Hears returns
    };
  }
}
