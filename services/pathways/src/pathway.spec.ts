import { uuidv5 } from '@ariane/kernel';
import { given } from '@ariane/testing';
import fc from 'fast-check';
import { stepIdFor } from './asks';
import type { NewFact, Now, Pathway, PathwayCommand, PathwayEvent } from './pathway';
import { pathwayDecider } from './pathway-decider';
import { smallPlanner, smallProtocol } from './protocol.fixture';

const pathwayId = '01890a5d-ac96-7000-8000-000000000001';
const patientId = '01890a5d-ac96-7000-8000-000000000002';
const nurse = '01890a5d-ac96-7000-8000-000000000003';
const surgeon = '01890a5d-ac96-7000-8000-000000000004';
const start = '2026-03-02T08:00:00.000Z';
const decider = pathwayDecider(smallPlanner);
const at = (care: string): Now => ({ care, machine: '2026-11-23T10:00:00.000Z' });

const enrol: PathwayCommand = {
  type: 'Enrol',
  pathwayId,
  patientId,
  protocol: { id: 'small', version: 1, sha256: smallProtocol.sha256 },
  reviewBy: '2027-06-30',
  contract: { id: 'onco-pathway-a', version: 1, sha256: '1'.repeat(64) },
  timeZone: 'Europe/Paris',
  holidays: 'FR',
  team: [
    { practitionerId: nurse, role: 'IDEC', ground: 'same-establishment' },
    { practitionerId: surgeon, role: 'SUR', ground: 'same-establishment' },
  ],
  now: start,
};

const fact = (code: string, when: string, more: Partial<NewFact> = {}): NewFact => ({
  id: uuidv5(pathwayId, `${code}/${when}`),
  code,
  at: when,
  ...more,
});
const taskDone = fact('task.done', '2026-03-03T09:00:00Z', { stepKey: 'entry', by: nurse });
const attended = fact('appointment.attended', '2026-03-09T09:00:00Z', { stepKey: 'imaging', by: surgeon });
const decided = fact('case.decided', '2026-03-16T12:00:00Z', { stepKey: 'meeting-1' });
const announced = fact('disclosure.announced', '2026-03-18T14:00:00Z', { stepKey: 'announcement', by: surgeon });
const accepted = fact('task.done', '2026-03-20T14:00:00Z', { stepKey: 'plan-choice', by: surgeon, value: 'accepted' });

/** The events of a run of commands. */
function history(...commands: PathwayCommand[]): PathwayEvent[] {
  const events: PathwayEvent[] = [];
  let state: Pathway | undefined;
  for (const command of commands) {
    for (const event of decider.decide(state, command)) {
      events.push(event);
      state = decider.evolve(state, event);
    }
  }
  return events;
}
const stateAfter = (...commands: PathwayCommand[]): Pathway => {
  const state = history(...commands).reduce<Pathway | undefined>(
    (before, event) => decider.evolve(before, event),
    undefined,
  );
  return state!;
};
const fold = (...facts: NewFact[]): PathwayCommand => ({ type: 'FoldFacts', facts });
const advanceAt = (care: string): PathwayCommand => ({ type: 'Advance', now: at(care) });
const typesOf = (events: readonly PathwayEvent[]) => events.map(({ type }) => type);
const last = (...commands: PathwayCommand[]): readonly PathwayEvent[] => {
  const command = commands.at(-1)!;
  return decider.decide(stateAfter(...commands.slice(0, -1)), command);
};

describe('enrolment', () => {
  it('pins protocol and contract, and adds the team from that civil day', () => {
    const state = stateAfter(enrol);
    expect(state).toMatchObject({
      status: 'ACTIVE',
      disclosure: 'SUSPICION',
      settled: false,
      contract: { version: 1 },
    });
    expect(state.team[0]).toEqual({
      practitionerId: nurse,
      role: 'IDEC',
      ground: 'same-establishment',
      from: '2026-03-02',
    });
  });

  it('H4: is refused without a coordinator: an alert would have no human', () => {
    given(decider)
      .when({ ...enrol, team: enrol.team.slice(1) })
      .thenRefused('COORDINATOR_REQUIRED', 'careTeam');
  });

  it('is refused once the protocol was to be reviewed, counted in the days of the territory', () => {
    given(decider)
      .when({ ...enrol, now: '2027-06-30T22:30:00Z' })
      .thenRefused('PROTOCOL_REVIEW_OVERDUE');
    expect(decider.decide(undefined, { ...enrol, now: '2027-06-30T21:30:00Z' })).toHaveLength(3);
  });

  it('is refused under an id that is taken', () => {
    given(decider, ...history(enrol))
      .when(enrol)
      .thenRefused('ALREADY_EXISTS', 'id');
  });
});

describe('facts', () => {
  it('ring once each, whatever the number of deliveries', () => {
    expect(typesOf(last(enrol, fold(taskDone)))).toEqual(['FactFolded', 'FactRecorded']);
    given(decider, ...history(enrol, fold(taskDone)))
      .when(fold(taskDone))
      .thenNothing();
  });

  it('unsettle the pathway until it has been read again', () => {
    expect(stateAfter(enrol, advanceAt(start)).settled).toBe(true);
    expect(stateAfter(enrol, advanceAt(start), fold(taskDone)).settled).toBe(false);
  });

  it('that services own may not be written by people, and the allowed ones are named', () => {
    const command: PathwayCommand = { type: 'RecordFact', fact: attended, now: '2026-04-01T00:00:00Z' };
    given(decider, ...history(enrol))
      .when(command)
      .thenRefused('FACT_NOT_ALLOWED', 'code');
    try {
      decider.decide(stateAfter(enrol), command);
    } catch (error) {
      expect(error).toMatchObject({ params: { allowed: expect.stringContaining('biopsy.result') as string } });
    }
  });

  it.each<[string, NewFact, string, string]>([
    ['a text for a number', fact('imaging.acr', start, { value: 'four' }), 'FACT_MALFORMED', 'value'],
    ['an unlisted code', fact('biopsy.result', start, { value: 'maybe' }), 'FACT_MALFORMED', 'value'],
    ['another unit', fact('creatinine', start, { value: 1.5, unit: 'mg/dL' }), 'FACT_MALFORMED', 'unit'],
    ['an unknown step', fact('imaging.acr', start, { value: 4, stepKey: 'nowhere' }), 'FACT_MALFORMED', 'stepKey'],
    ['a future instant', fact('imaging.acr', '2026-03-02T08:00:01Z', { value: 4 }), 'FACT_IN_FUTURE', 'at'],
    ['an unknown code', fact('no.such', start), 'FACT_NOT_ALLOWED', 'code'],
  ])('that would be read as unknown are refused, naming the field: %s', (_why, wrong, code, field) => {
    given(decider, ...history(enrol))
      .when({ type: 'RecordFact', fact: wrong, now: start })
      .thenRefused(code, field);
  });

  it('of the patient come with the units of their sources, and are never converted', () => {
    const creatinine = fact('creatinine', start, { value: 1.5, unit: 'mg/dL' });
    const state = stateAfter(enrol, {
      type: 'FoldPatient',
      person: { birthDate: '1948-05-17', sex: 'female' },
      facts: [creatinine],
    });
    expect(state.facts).toEqual([{ ...creatinine, seq: 1 }]);
  });
});

describe('advance', () => {
  it('tells what is due and opens nothing twice', () => {
    expect(typesOf(last(enrol, advanceAt(start)))).toEqual(['PlanKept', 'StepDue']);
    given(decider, ...history(enrol, advanceAt(start)))
      .when(advanceAt(start))
      .thenNothing();
  });

  it('asks scheduling for a due visit with an id that repeats, until the answer is heard', () => {
    const due = [enrol, advanceAt(start), fold(taskDone), advanceAt('2026-03-03T09:00:00Z')] as const;
    const [ask] = stateAfter(...due).asks;
    const id = stepIdFor(pathwayId, 'imaging', 1);
    expect(ask).toMatchObject({
      id,
      service: 'scheduling',
      path: '/appointment-requests',
      body: {
        appointmentId: id,
        pathwayId,
        patientId,
        stepKey: 'imaging',
        role: 'RAD',
        visitKind: 'breast-imaging',
        minutes: 30,
      },
    });
    expect(stateAfter(...due).asksSince).toBe('2026-11-23T10:00:00.000Z');
    const answered = stateAfter(...due, { type: 'AnswerAsk', askId: id });
    expect(answered).toMatchObject({ asks: [], asksSince: null });
    given(decider, ...history(...due, { type: 'AnswerAsk', askId: id }))
      .when(advanceAt('2026-03-03T09:00:00Z'))
      .thenNothing();
  });

  it('does not repeat what a service refused, and keeps the step due', () => {
    const due = [enrol, fold(taskDone), advanceAt('2026-03-03T09:00:00Z')] as const;
    const refused: PathwayCommand = {
      type: 'RefuseAsk',
      askId: stepIdFor(pathwayId, 'imaging', 1),
      code: 'CALENDAR_INVALID',
      now: '2026-03-03T09:00:01Z',
    };
    const state = stateAfter(...due, refused);
    expect(state).toMatchObject({ asks: [], asksSince: null });
    expect(state.steps.find(({ key }) => key === 'imaging')).toMatchObject({ status: 'due' });
    given(decider, ...history(...due, refused))
      .when(refused)
      .thenNothing();
    given(decider, ...history(...due, refused))
      .when(advanceAt('2026-03-03T09:00:02Z'))
      .thenNothing();
  });

  it('asks for a case at the meeting, and for the missed visit again under its own id', () => {
    const missed = fact('appointment.missed', '2026-03-05T09:00:00Z', { stepKey: 'imaging' });
    const again = stateAfter(
      enrol,
      fold(taskDone),
      advanceAt('2026-03-03T09:00:00Z'),
      fold(missed),
      advanceAt('2026-03-05T09:00:00Z'),
    );
    expect(again.asks.map(({ id }) => id)).toEqual([stepIdFor(pathwayId, 'imaging', 2)]);
    const later = stateAfter(enrol, fold(taskDone, attended), advanceAt('2026-03-09T09:00:00Z'));
    expect(later.asks.map(({ service, path }) => [service, path])).toEqual([['meetings', '/cases']]);
  });

  it('does not ask for a step whose condition is unknown, and drops it once it does not apply', () => {
    const waiting = stateAfter(enrol, fold(taskDone, attended), advanceAt('2026-03-09T09:00:00Z'));
    expect(waiting.steps.find(({ key }) => key === 'second-reading')).toMatchObject({
      status: 'waiting',
      waitingFor: ['imaging.acr'],
    });
    const acr = fact('imaging.acr', '2026-03-09T09:00:00Z', { value: 4, stepKey: 'imaging' });
    const events = last(
      enrol,
      fold(taskDone, attended),
      advanceAt('2026-03-09T09:00:00Z'),
      fold(acr),
      advanceAt('2026-03-09T09:30:00Z'),
    );
    expect(events).toContainEqual({
      type: 'StepDropped',
      data: { pathwayId, patientId, stepKey: 'second-reading', reason: 'not-applicable' },
    });
  });

  it('tells a late step once for each attempt', () => {
    const late = [enrol, advanceAt(start), advanceAt('2026-03-06T08:00:00Z')] as const;
    expect(typesOf(last(...late))).toEqual(['PlanKept', 'StepLate']);
    expect(typesOf(last(...late, advanceAt('2026-03-07T08:00:00Z')))).not.toContain('StepLate');
  });

  it('announces once, reaches each milestone once, and closes last', () => {
    const all = [
      enrol,
      fold(taskDone, attended, decided, announced, accepted),
      advanceAt('2026-03-20T14:00:00Z'),
    ] as const;
    const events = typesOf(last(...all));
    expect(events.filter((type) => type === 'DisclosureAnnounced' || type === 'MilestoneReached')).toEqual([
      'DisclosureAnnounced',
      'MilestoneReached',
    ]);
    expect(events.at(-1)).toBe('PathwayClosed');
    expect(stateAfter(...all)).toMatchObject({
      status: 'COMPLETED',
      disclosure: 'ANNOUNCED',
      asks: [],
      wakeAt: null,
      settled: true,
    });
    given(decider, ...history(...all))
      .when(advanceAt('2026-03-21T14:00:00Z'))
      .thenNothing();
  });

  it('stops everything at a death, and asks for nothing more', () => {
    const died = fact('patient.died', '2026-03-04T10:00:00Z');
    const events = last(
      enrol,
      fold(taskDone),
      advanceAt('2026-03-03T09:00:00Z'),
      fold(died),
      advanceAt('2026-03-04T10:00:00Z'),
    );
    expect(events).toContainEqual({
      type: 'StepDropped',
      data: { pathwayId, patientId, stepKey: 'imaging', reason: 'stopped' },
    });
    expect(events.at(-1)).toEqual({
      type: 'PathwayClosed',
      data: { pathwayId, patientId, status: 'DIED', closedAt: '2026-03-04T10:00:00Z' },
    });
    expect(events[0]).toMatchObject({ type: 'PlanKept', data: { asks: [] } });
  });

  it('keeps what is heard after the end without ringing for it, and refuses what people record then', () => {
    const died = fact('patient.died', '2026-03-04T10:00:00Z');
    const closed = [enrol, fold(died), advanceAt('2026-03-04T10:00:00Z')] as const;
    expect(typesOf(last(...closed, fold(attended)))).toEqual(['FactFolded']);
    const acr: PathwayCommand = { type: 'RecordFact', fact: fact('imaging.acr', start, { value: 4 }), now: start };
    given(decider, ...history(...closed))
      .when(acr)
      .thenRefused('STATE_CONFLICT');
  });
});

describe('care team', () => {
  it('keeps a coordinator', () => {
    given(decider, ...history(enrol))
      .when({ type: 'LeaveTeam', practitionerId: nurse, role: 'IDEC', now: start })
      .thenRefused('COORDINATOR_REQUIRED');
    given(decider, ...history(enrol))
      .when({ type: 'LeaveTeam', practitionerId: surgeon, role: 'SUR', now: start })
      .then({
        type: 'CareTeamMemberLeft',
        data: { pathwayId, patientId, practitionerId: surgeon, role: 'SUR', until: '2026-03-02' },
      });
  });
});

describe('properties', () => {
  const pool = [
    taskDone,
    attended,
    decided,
    announced,
    fact('imaging.acr', '2026-03-09T09:00:01Z', { value: 4, stepKey: 'imaging' }),
  ];
  const days = fc
    .integer({ min: 1, max: 40 })
    .map((day) => new Date(Date.parse(start) + day * 86_400_000).toISOString());

  it('advancing twice tells nothing new', () => {
    fc.assert(
      fc.property(fc.subarray(pool), days, (facts, now) => {
        const state = stateAfter(enrol, fold(...facts), advanceAt(now));
        expect(decider.decide(state, advanceAt(now))).toEqual([]);
      }),
    );
  });

  it('the order of the facts does not change the plan', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(pool, { minLength: 2 }), days, (facts, now) => {
        const sorted = [...facts].sort((a, b) => (a.at < b.at ? -1 : 1));
        const { steps, asks, milestones, disclosure } = stateAfter(
          enrol,
          ...facts.map((one) => fold(one)),
          advanceAt(now),
        );
        const reference = stateAfter(enrol, fold(...sorted), advanceAt(now));
        expect({ steps, asks, milestones, disclosure }).toEqual({
          steps: reference.steps,
          asks: reference.asks,
          milestones: reference.milestones,
          disclosure: reference.disclosure,
        });
      }),
    );
  });
});
