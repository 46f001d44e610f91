import { HttpClient } from '@ariane/service';
import { Store } from '@ariane/store';
import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { patientCopies } from './copies.store';
import type { PortalSettings } from './portal-settings';
import { PORTAL_SETTINGS } from './portal-settings.module';

/** The services whose facts the portal's copies are made of. */
export const copiedServices = ['pathways', 'tele-expertise', 'meetings'] as const;

const LOOK_MS = 1_000;

/** The logs of the services, which keep what Kafka no longer has. */
@Injectable()
export class ProducersLogs {
  constructor(
    private readonly store: Store,
    private readonly http: HttpClient,
    @Inject(PORTAL_SETTINGS) private readonly settings: PortalSettings,
  ) {}

  /** Has every fact of every territory said again; resolves once all of them are in Kafka. */
  async publishAgain(): Promise<void> {
    const territories = await this.store.database.db.collection(patientCopies.collection).distinct('territory');
    for (const territory of territories.map(String)) {
      for (const service of copiedServices) {
        const base = `${this.settings.serviceUrls[service]}/internal`;
        const body = { fromSequence: 1 };
        const asked = { method: 'POST', url: `${base}/republish`, territory, body } as const;
        await this.http.call({ ...asked, idempotencyKey: randomUUID() });
        while (!(await this.isSent(base, territory))) await sleep(LOOK_MS);
      }
    }
  }

  private async isSent(base: string, territory: string): Promise<boolean> {
    const answer = await this.http.call<{ readonly outbox?: number }>({
      method: 'GET',
      url: `${base}/quiet`,
      territory,
    });
    return answer.outbox === 0;
  }
}
