import { DomainError } from '@ariane/kernel';
import { Clock, Sweeps } from '@ariane/service';
import { newId, Store } from '@ariane/store';
import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { readFile } from 'node:fs/promises';
import type { Message } from './message';
import { messages } from './patient-links.store';
import type { PortalSettings } from './portal-settings';
import { PORTAL_SETTINGS } from './portal-settings.module';

/** Machine time between two questions whether something was written: these cost nothing. */
const TICK_MS = 500;
/** Machine time between two looks for what was not taken the first time. */
const LOOK_MS = 5_000;
const PAGE = 100;
const GATEWAY_MS = 10_000;

/** Takes a message that goes outside; rejects where it is to be given again. */
type Gateway = (message: Message) => Promise<void>;

/** Gives what is written to whoever sends it: the deployer's gateway, or in a demo the inbox, where it lies already. */
@Injectable()
export class MessageSender implements OnApplicationBootstrap {
  private readonly gateway: Gateway | undefined;
  private committed = true;
  private lookedAt = 0;

  constructor(
    private readonly store: Store,
    private readonly clock: Clock,
    private readonly sweeps: Sweeps,
    @Inject(PORTAL_SETTINGS) { messages: settings }: PortalSettings,
  ) {
    const ways = {
      none: undefined,
      inbox: () => Promise.resolve(),
      relay: (message: Message) => post(message, settings),
    };
    this.gateway = ways[settings.way];
  }

  /** Throws MESSAGES_NOT_SENT where nothing could take a message: no link is made that nobody gets. */
  mustSend(): void {
    if (this.gateway === undefined) throw new DomainError('MESSAGES_NOT_SENT');
  }

  onApplicationBootstrap(): void {
    this.store.onCommitted(() => {
      this.committed = true;
    });
    this.sweeps.start({ name: 'messages', everyMs: TICK_MS, run: () => this.look() });
  }

  private async look(): Promise<void> {
    if (!this.committed && performance.now() - this.lookedAt < LOOK_MS) return;
    this.committed = false;
    this.lookedAt = performance.now();
    await this.sendWaiting();
  }

  private async sendWaiting(): Promise<void> {
    const { gateway } = this;
    if (gateway === undefined) return;
    const waiting = { status: 'waiting' } as const;
    const territories: unknown[] = await this.store.database.db
      .collection(messages.collection)
      .distinct('territory', waiting);
    for (const territory of territories.filter((one) => typeof one === 'string')) {
      for (const { id, state } of await this.store.find(messages, territory, waiting, { limit: PAGE })) {
        await gateway(state);
        const messageId = newId();
        const ids = { messageId, correlationId: messageId, causationId: messageId };
        const context = { ...ids, consumer: 'http', territory, actor: 'service:portal', now: this.clock.now() };
        await this.store.handle(messages, id, { type: 'MarkSent' }, context);
      }
    }
  }
}

/** The same message may come twice, under its one id, when the answer was lost. */
async function post(message: Message, { relayUrl, relayTokenFile }: PortalSettings['messages']): Promise<void> {
  const { messageId: id, channel, address: to, subject, text, url } = message;
  const token = (await readFile(relayTokenFile ?? '', 'utf8')).trim();
  const response = await fetch(relayUrl ?? '', {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, 'idempotency-key': id },
    body: JSON.stringify({ id, channel, to, subject, text, ...(url === undefined ? {} : { url }) }),
    signal: AbortSignal.timeout(GATEWAY_MS),
  });
  if (!response.ok) throw new Error(`The gateway refused a message: ${String(response.status)}.`);
}
