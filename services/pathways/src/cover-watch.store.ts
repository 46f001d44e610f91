import { arianeNamespace, civilDay, uuidv5 } from '@ariane/kernel';
import { type CommandContext, effect, type Effect, Store } from '@ariane/store';
import { Injectable } from '@nestjs/common';
import { pathways } from './aggregates.store';
import { alerts } from './alerts.store';
import { type CoverEnd, coverEndOf } from './cover-end';
import { duties, dutyIdOf } from './duties.store';
import { type Duty, rostersSeen } from './duty';
import { COVER_ENDS, coverAlert } from './follow-alerts';
import { ProtocolShelf } from './protocol-shelf.store';
import { territorySettings } from './territory';

/** Why the alert of an end is lifted: other rosters have come. */
const AVERTED = 'cover-goes-on';

/** Read and told at a time. */
const PAGE = 200;

/** Tells the coordinators of running pathways where the rosters that cover them end, and takes it back when others come. */
@Injectable()
export class CoverWatch {
  constructor(
    private readonly store: Store,
    private readonly shelf: ProtocolShelf,
  ) {}

  /** Repeating it changes nothing: an end is told once to each pathway, and the look is over once all have been told. */
  async look(territory: string, now: string): Promise<void> {
    const found = await this.store.read(duties, territory, dutyIdOf(territory));
    if (found === undefined) return;
    const { state: duty, version } = found;
    const seen = rostersSeen(duty);
    const ends = await this.endsOf(duty, territory, now);
    const standing = new Set<string>();
    for (const [protocolId, end] of ends) await this.tell(protocolId, end, seen, standing, territory, now);
    await this.takeBack(standing, territory, now);
    const finished = effect(duties, dutyIdOf(territory), { type: 'FinishCoverLook', seen, now });
    // By version, since rosters may become again what they were while the clock of a demo stands still.
    await this.command([finished], `looked/${version}`, territory, now);
  }

  /** By the newest document of each protocol: what it watches is what enrolment asked for. */
  private async endsOf({ rosters }: Duty, territory: string, now: string): Promise<ReadonlyMap<string, CoverEnd>> {
    const { timeZone } = territorySettings(process.env.ARIANE_TERRITORIES, territory);
    const today = civilDay(now, timeZone);
    const ends = new Map<string, CoverEnd>();
    for (const { protocol, status } of await this.shelf.versions(territory)) {
      const { document } = protocol;
      if (status !== 'active' || ends.has(document.id)) continue;
      const end = coverEndOf(document, rosters, today);
      if (end !== undefined) ends.set(document.id, end);
    }
    return ends;
  }

  private async tell(
    protocolId: string,
    end: CoverEnd,
    seen: string,
    standing: Set<string>,
    territory: string,
    now: string,
  ): Promise<void> {
    const active = { 'protocol.id': protocolId, status: 'ACTIVE' };
    for (let after = '', more = true; more;) {
      const found = await this.store.find(pathways, territory, { ...active, _id: { $gt: after } }, { limit: PAGE });
      for (const { state } of found) {
        const first = coverAlert(state, end, now);
        const known = (await this.store.read(alerts, territory, first.id))?.state;
        const { id, command } = known?.closedFor === AVERTED ? coverAlert(state, end, now, `/${seen}`) : first;
        standing.add(id);
        await this.command([effect(alerts, id, command)], `${id}/raise`, territory, now);
      }
      more = found.length >= PAGE;
      after = found.at(-1)?.id ?? '';
    }
  }

  /** What stands open from an earlier look and no longer holds. */
  private async takeBack(standing: ReadonlySet<string>, territory: string, now: string): Promise<void> {
    const open = { reason: COVER_ENDS, status: { $in: ['open', 'acknowledged'] } };
    for (let after = '', more = true; more;) {
      const found = await this.store.find(alerts, territory, { ...open, _id: { $gt: after } }, { limit: PAGE });
      for (const { id } of found.filter((one) => !standing.has(one.id))) {
        const lift = { type: 'LiftAlert', reason: AVERTED, at: now } as const;
        await this.command([effect(alerts, id, lift)], `${id}/lift/${now}`, territory, now);
      }
      more = found.length >= PAGE;
      after = found.at(-1)?.id ?? '';
    }
  }

  private async command(effects: readonly Effect[], name: string, territory: string, now: string): Promise<void> {
    const messageId = uuidv5(arianeNamespace, `cover/${territory}/${name}`);
    const ids = { messageId, correlationId: messageId, causationId: messageId };
    const context: CommandContext = { ...ids, consumer: 'escalation', territory, actor: 'service:pathways', now };
    await this.store.handleMany(effects, context);
  }
}
