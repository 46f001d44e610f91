import { stepIdFor } from './asks';
import type { Pathway, PathwayCommand, PathwayEvent } from './pathway';
import { pathwayDecider } from './pathway-decider';
import { type Follow, followPathway } from './pathway-follow';
import {
  advanceAt,
  enrol,
  fact,
  fold,
  nurse,
  pathwayId as host,
  pinOf,
  plannerWith,
  smallVersion,
} from './pathway.fixture';
import { smallProtocol } from './protocol.fixture';

const guest = '01890a5d-ac96-7000-8000-000000000009';
const changeId = '01890a5d-ac96-7000-8000-00000000000a';

/** After imaging, in both pathways, comes a control on which a questionnaire follows. */
const protocol = smallVersion(5, (steps) => [
  ...steps,
  { ...steps[1], id: 'control', start: { all: [{ after: 'imaging' }] } },
]);
const planner = plannerWith(protocol, smallProtocol);
const decider = pathwayDecider(planner);
const at = (day: number): string => `2026-03-${String(day).padStart(2, '0')}T09:00:00.000Z`;
const entered = fold(fact('task.done', at(2), { stepKey: 'entry', by: nurse }));

/** Two pathways of one patient: what an event of one brings about on the other is carried over, as the store does. */
class Together {
  private readonly states = new Map<string, Pathway>();
  readonly follows: Follow[] = [];
  readonly events: { readonly of: string; readonly event: PathwayEvent }[] = [];

  constructor() {
    for (const id of [host, guest]) {
      this.tell(id, { ...enrol, pathwayId: id, protocol: pinOf(protocol) }).tell(id, entered, advanceAt(at(3)));
    }
  }

  tell(id: string, ...commands: readonly PathwayCommand[]): this {
    for (const command of commands) {
      for (const event of decider.decide(this.states.get(id), command)) {
        const after = decider.evolve(this.states.get(id), event);
        this.states.set(id, after);
        this.events.push({ of: id, event });
        for (const follow of followPathway(planner, event, after)) {
          this.follows.push(follow);
          if (follow.to === 'pathway') this.tell(follow.id, follow.command);
        }
      }
    }
    return this;
  }

  share(): this {
    return this.tell(guest, share).tell(host, hosted);
  }

  of(id: string): Pathway {
    const state = this.states.get(id);
    if (state === undefined) throw new Error('Both are enrolled.');
    return state;
  }

  step(id: string, key = 'imaging') {
    return this.of(id).steps.find((step) => step.key === key);
  }

  asksFor(id: string, key = 'imaging') {
    return this.of(id).asks.filter(({ stepKey }) => stepKey === key);
  }

  dropped(id: string) {
    return this.events.flatMap(({ of, event }) => (of === id && event.type === 'StepDropped' ? [event.data] : []));
  }
}

const share: PathwayCommand = {
  type: 'ShareStep',
  changeId,
  stepKey: 'imaging',
  with: { pathwayId: host, stepKey: 'imaging' },
  by: nurse,
  reason: 'Un seul scanner suffit pour les deux parcours.',
  now: at(3),
};
const hosted: PathwayCommand = {
  type: 'HostStep',
  guest: { stepKey: 'imaging', pathwayId: guest, guestKey: 'imaging', changeId },
};
const booked = (id: string, startsAt: string): PathwayCommand => {
  const appointmentId = stepIdFor(id, 'imaging', 1);
  return {
    type: 'AnswerAsk',
    askId: appointmentId,
    stepKey: 'imaging',
    booking: { stepKey: 'imaging', appointmentId, status: 'booked', startsAt },
  };
};
const took = (code: string, day: number, value?: string): PathwayCommand =>
  fold(fact(code, at(day), { stepKey: 'imaging', by: nurse, ...(value === undefined ? {} : { value }) }));

describe('a visit that two pathways of a patient share', () => {
  it('is asked for once: what the other had asked for is called off', () => {
    const both = new Together().share();
    both.tell(guest, advanceAt(at(3))).tell(host, advanceAt(at(3)));
    expect(both.dropped(guest)).toEqual([
      expect.objectContaining({ stepKey: 'imaging', reason: 'shared', asked: [stepIdFor(guest, 'imaging', 1)] }),
    ]);
    expect(both.asksFor(guest)).toEqual([]);
    expect(both.asksFor(host)).toHaveLength(1);
    expect(both.step(guest)?.status).toBe('due');
  });

  it('is booked for both, whether before they share it or after', () => {
    const startsAt = '2026-03-09T08:00:00Z';
    const before = new Together().tell(host, booked(host, startsAt)).share();
    const after = new Together().share().tell(host, booked(host, startsAt));
    for (const both of [before, after])
      expect(both.of(guest).bookings).toMatchObject([{ stepKey: 'imaging', startsAt }]);
  });

  it('is done for both when it took place, and both plans go on', () => {
    const both = new Together().share().tell(guest, advanceAt(at(3)));
    both
      .tell(host, took('appointment.attended', 5))
      .tell(guest, advanceAt(at(5)))
      .tell(host, advanceAt(at(5)));
    for (const id of [host, guest]) {
      expect(both.step(id)).toMatchObject({ status: 'done', doneAt: at(5) });
      expect(both.asksFor(id, 'control')).toHaveLength(1);
    }
  });

  it('is paid once: the fact of the pathway that follows is not one that another service tells of', () => {
    const both = new Together().share().tell(host, took('appointment.attended', 5));
    const [attended] = both.of(guest).facts.filter(({ code }) => code === 'appointment.attended');
    expect(attended?.id.charAt(14)).toBe('8');
  });

  it('is asked for once more when it was missed, by the pathway that had asked', () => {
    const both = new Together().share().tell(guest, advanceAt(at(3)));
    both
      .tell(host, took('appointment.missed', 5, 'no-show'))
      .tell(guest, advanceAt(at(5)))
      .tell(host, advanceAt(at(5)));
    expect(both.asksFor(host)).toMatchObject([{ attempt: 2 }]);
    expect(both.asksFor(guest)).toEqual([]);
  });

  it('leaves the other to itself when its pathway ends: that one asks for its own', () => {
    const both = new Together().share().tell(guest, advanceAt(at(3)));
    both.tell(host, fold(fact('patient.refused', at(4)))).tell(host, advanceAt(at(4)));
    expect(both.of(host).status).toBe('REFUSED');
    both.tell(guest, advanceAt(at(4)));
    const [ask] = both.asksFor(guest);
    expect(ask?.id).not.toBe(stepIdFor(guest, 'imaging', 1));
    expect(both.of(guest).changes?.[0]?.withdrawn?.by).toBe('service:pathways');
  });

  it('may be taken back: the slot of the other pathway stays, and one’s own is asked for', () => {
    const both = new Together()
      .share()
      .tell(host, booked(host, '2026-03-09T08:00:00Z'))
      .tell(guest, advanceAt(at(3)));
    const back = {
      type: 'WithdrawChange',
      changeId,
      by: nurse,
      reason: 'Deux examens différents.',
      now: at(4),
    } as const;
    both.tell(guest, back, advanceAt(at(4)));
    expect(both.of(guest).bookings).toEqual([]);
    expect(both.asksFor(guest)).toHaveLength(1);
    expect(both.of(host).guests).toBeUndefined();
    expect(both.of(host).bookings).toHaveLength(1);
  });

  it('is never called off by the pathway that only follows it', () => {
    const both = new Together()
      .share()
      .tell(host, booked(host, '2026-03-09T08:00:00Z'))
      .tell(guest, advanceAt(at(3)));
    both.tell(guest, fold(fact('patient.refused', at(4)))).tell(guest, advanceAt(at(4)));
    const asked = both.dropped(guest).flatMap((data) => data.asked ?? []);
    expect(asked).toEqual([stepIdFor(guest, 'imaging', 1)]);
  });

  it('is the one that was decided: the same decision names no other visit', () => {
    const both = new Together().share();
    both.tell(guest, share);
    expect(both.of(guest).changes).toHaveLength(1);
    const other = { ...share, with: { pathwayId: host, stepKey: 'control' } };
    expect(() => both.tell(guest, other)).toThrow('ALREADY_EXISTS');
  });

  it('is refused for a step that follows another already, or is followed', () => {
    const both = new Together().share();
    const again = { ...share, changeId: '01890a5d-ac96-7000-8000-00000000000b' };
    expect(() => both.tell(guest, again)).toThrow('RULE_BROKEN');
    expect(() => both.tell(host, { ...again, with: { pathwayId: guest, stepKey: 'imaging' } })).toThrow('RULE_BROKEN');
  });
});
