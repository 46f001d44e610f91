import { setTimeout as pause } from 'node:timers/promises';
import type { Acknowledged } from '../digest/faults-of-stores.ts';
import { Api, Refused } from '../story/api.ts';
import { duplicateAfterMs } from './fault-plan.ts';

type Post = Parameters<Api['post']>;

/** How a clock step ends under fault: it stalls for a minute at a time while parts come back. */
const STALLS_ENDURED = 3;
const STEP_RETRY_MS = 500;

/** The story's API with people who press twice, and a witness of what was acknowledged. */
export class FaultyApi extends Api {
  readonly acknowledged: Acknowledged[] = [];
  /** Commands whose repetition was answered otherwise than the first time. */
  readonly discrepancies: string[] = [];
  commands = 0;
  duplicates = 0;
  inFlight = 0;
  stalls = 0;
  private begun = false;
  private readonly late: Promise<void>[] = [];
  private readonly chance: (() => number) | undefined;
  private readonly onCommand: (index: number) => void;

  /**
   * @param chance draws which commands are sent twice; none are without it
   * @param onCommand told of each command of the story as it leaves, from the patient's registration on
   */
  constructor(
    urls: Readonly<Record<string, string>>,
    chance?: () => number,
    onCommand: (index: number) => void = () => undefined,
  ) {
    super(urls);
    this.chance = chance;
    this.onCommand = onCommand;
  }

  override async post<T>(...[who, service, path, body, key, headers]: Post): Promise<T> {
    const send = (): Promise<T> => super.post<T>(who, service, path, body, key, headers);
    this.begun ||= path === '/patients';
    this.inFlight += 1;
    try {
      const first = send();
      if (this.begun) this.onCommand(this.commands++);
      const after = this.chance === undefined ? undefined : duplicateAfterMs(this.chance);
      if (after !== undefined) this.repeat(`${service}${path}`, first, after === 0 ? send() : pause(after).then(send));
      const answer = await first;
      this.acknowledged.push({ service, key, path });
      return answer;
    } finally {
      this.inFlight -= 1;
    }
  }

  /** What an operator orders: beside the story, never a command of its people. */
  async operate(service: string, path: string, body: object, key: string): Promise<void> {
    await super.post({ role: 'territory-administrator' }, service, path, body, key);
  }

  /** A step that moved the clock and failed afterwards is only brought to rest: moving again would skip an instant. */
  override async step(until: string | undefined): Promise<{ from: string; now: string; next: string | null }> {
    const from = await this.now();
    for (let stalls = 0; ;) {
      const now = await this.now();
      const answer = await this.clockStep(now === from ? until : now);
      if (typeof answer !== 'string') return { ...answer, from };
      if (answer.includes('NOT_QUIET')) {
        this.stalls += 1;
        stalls += 1;
        if (stalls > STALLS_ENDURED) throw new Refused('POST clock/step', 504, { code: 'NOT_QUIET', detail: answer });
      }
      await pause(STEP_RETRY_MS);
    }
  }

  /** Waits for the duplicates that were to be sent later. */
  async settled(): Promise<void> {
    await Promise.all(this.late);
  }

  /** The clock's answer, or what went wrong. */
  private async clockStep(until: string | undefined): Promise<{ now: string; next: string | null } | string> {
    try {
      const response = await fetch(`${this.urls['clock'] ?? ''}/step`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(until === undefined ? {} : { until }),
        signal: AbortSignal.timeout(150_000),
      });
      const answer = await response.text();
      return response.ok ? (JSON.parse(answer) as { now: string; next: string | null }) : answer; // as: the clock's own answer
    } catch (error) {
      return String(error);
    }
  }

  private repeat(what: string, first: Promise<unknown>, second: Promise<unknown>): void {
    this.duplicates += 1;
    this.late.push(
      Promise.allSettled([first, second]).then(([one, two]) => {
        const [a, b] = [outcomeOf(one), outcomeOf(two)];
        if (a !== b) this.discrepancies.push(`${what} sent twice: answered ${a}, then ${b}`);
      }),
    );
  }
}

/** Success with the aggregate's id, or the refusal: an answer also tells the current state, which may have moved on. */
const outcomeOf = (settled: PromiseSettledResult<unknown>): string =>
  settled.status === 'fulfilled'
    ? `success for ${String((settled.value as { id?: unknown } | undefined)?.id)}` // as: commands answer with their aggregate's id, if with anything
    : settled.reason instanceof Refused
      ? `${settled.reason.status} ${settled.reason.problem.code ?? ''}`
      : String(settled.reason);
