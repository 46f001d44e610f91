import { DomainError } from '@ariane/kernel';
import { type ReaderContext, versionedPage } from '@ariane/service';
import { Store } from '@ariane/store';
import { Injectable } from '@nestjs/common';
import { tasks } from './aggregates.store';
import { alerts } from './alerts.store';
import type { Pathway } from './pathway';
import { pathwayView, timelineOf } from './pathway-view';
import { patientRequests } from './patient-requests.store';
import { assess, library, planner } from './protocols.store';
import { RecordedFacts } from './recorded-facts.store';
import type { Seen } from './sight.store';
import { asPlanned, knownAt, stepsOf } from './timeline';

/** What one screen shows of a pathway's tasks or alerts. */
const SHOWN_MAX = 200;
const REQUESTS_MAX = 100;

/** What the care team reads of a pathway, part by part: each is the answer of its own route, and a part of the file. */
@Injectable()
export class PathwayReads {
  constructor(
    private readonly store: Store,
    private readonly recorded: RecordedFacts,
  ) {}

  /** The plan, step by step. */
  plan({ state, version }: Seen, { language }: ReaderContext): object {
    const { document } = library.pinned(state.protocol);
    const documentOf = (key: string) => planner.step(state, key);
    return { ...pathwayView(state, document, documentOf, language, assess(state)), version };
  }

  /**
   * What happened and what was to happen.
   *
   * @param asOf an instant: the plan as it was known then
   * @throws DomainError NOT_FOUND before the enrolment, FACT_IN_FUTURE for an instant to come
   */
  async timeline({ state }: Seen, { now, territory, language }: ReaderContext, asOf?: string) {
    const at = asOf ?? now;
    if (Date.parse(at) < Date.parse(state.enrolledAt)) throw new DomainError('NOT_FOUND', {}, 'asOf');
    if (Date.parse(at) > Date.parse(now)) throw new DomainError('FACT_IN_FUTURE', {}, 'asOf');
    const recorded = await this.recorded.of(territory, state.id);
    const known = asOf === undefined ? state : knownAt(state, recorded, at);
    const plan = planner.plan(known, at);
    const documentOf = (key: string) => planner.step(known, key);
    const { protocol } = known;
    const shown = asOf === undefined ? known : asPlanned(known, plan);
    return {
      asOf: at,
      protocol,
      disclosure: plan.disclosure,
      ...(plan.end === undefined ? {} : { end: { status: plan.end.status, at: plan.end.at } }),
      items: timelineOf(shown, documentOf, language),
      steps: stepsOf(known, plan, { recorded, asOf: at, language, documentOf }),
    };
  }

  /** The open tasks, as a page of the list of tasks. */
  async openTasks({ state: { id: pathwayId } }: Seen, { territory }: ReaderContext) {
    const found = await this.store.find(tasks, territory, { pathwayId, status: 'open' }, { limit: SHOWN_MAX + 1 });
    return versionedPage(found, SHOWN_MAX);
  }

  /** The alerts, whatever became of them, as a page of the list of alerts. */
  async alerts({ state: { id: pathwayId } }: Seen, { territory }: ReaderContext) {
    const found = await this.store.find(alerts, territory, { pathwayId }, { limit: SHOWN_MAX + 1 });
    return versionedPage(found, SHOWN_MAX);
  }

  /** What the patient has asked, and whether it was seen to, the last first. */
  async requests({ id: pathwayId, patientId }: Pathway, territory: string): Promise<object> {
    const found = await this.store.find(patientRequests, territory, { pathwayId }, { limit: REQUESTS_MAX });
    const ids = found.map(({ state }) => state.taskId);
    const opened =
      ids.length === 0 ? [] : await this.store.find(tasks, territory, { _id: { $in: ids } }, { limit: REQUESTS_MAX });
    const statuses = new Map(opened.map(({ id, state }) => [id, state.status]));
    const items = found.map(({ state: { id, kind, text, at, dueAt, taskId, answer } }) => ({
      ...{ id, kind, text, at, dueAt, taskId, answer },
      status: statuses.get(taskId) ?? 'open',
    }));
    return { patientId, items: items.sort((one, other) => Date.parse(other.at) - Date.parse(one.at)) };
  }
}
