import { advanceAt, enrol, fact, fold, lived, pathwayId } from './pathway.fixture';
import { smallPlanner } from './protocol.fixture';

const begunAt = '2026-02-02T08:00:00.000Z';
const seen = '2026-02-06T09:00:00Z';
const history = [
  fact('task.done', '2026-02-02T15:00:00Z', { stepKey: 'entry' }),
  fact('appointment.attended', seen, { stepKey: 'imaging' }),
  fact('imaging.acr', seen, { stepKey: 'imaging', value: 5 }),
];
const takeOver = { ...enrol, begunAt, history };
const today = advanceAt(enrol.now);

function refusalOf(act: () => unknown): unknown {
  try {
    return act();
  } catch (error) {
    return error;
  }
}

const later = (at: string) => ({ ...fact('appointment.attended', at, { stepKey: 'imaging' }), id: pathwayId });

describe('a patient who is taken over', () => {
  it('goes on where the record ends: nothing that was done is asked for or late', () => {
    const { step, last, state } = lived(smallPlanner, takeOver, today);
    expect(state.enrolledAt).toBe(begunAt);
    expect(step('imaging')).toMatchObject({ status: 'done', doneAt: seen });
    const told = last.flatMap(({ type, data }) => ('stepKey' in data ? [`${type} ${String(data.stepKey)}`] : []));
    expect(told.filter((one) => /^Step(Due|Late)/.test(one))).toEqual(['StepDue meeting-1', 'StepLate meeting-1']);
  });

  it('has a care team from the day on which care began', () => {
    const { state } = lived(smallPlanner, takeOver);
    expect(state.team.map(({ from }) => from)).toEqual(['2026-02-02', '2026-02-02']);
  });

  it('keeps one fact of a visit that scheduling tells as well', () => {
    const { state, last } = lived(smallPlanner, takeOver, today, fold(later('2026-02-06T09:00:00.000Z')));
    expect(last).toEqual([]);
    expect(state.facts).toHaveLength(history.length);
  });

  it('keeps a visit of another instant as another fact', () => {
    const { state } = lived(smallPlanner, takeOver, today, fold(later('2026-02-07T09:00:00Z')));
    expect(state.facts).toHaveLength(history.length + 1);
  });

  it('has no booking for a visit that is over', () => {
    const booking = { stepKey: 'imaging', appointmentId: pathwayId, status: 'booked', startsAt: seen } as const;
    const answer = { type: 'AnswerAsk', askId: pathwayId, stepKey: 'imaging', booking } as const;
    expect(lived(smallPlanner, takeOver, today, answer).state.bookings).toEqual([]);
    const ahead = { ...answer, booking: { ...booking, startsAt: '2026-03-09T09:00:00Z' } };
    expect(lived(smallPlanner, takeOver, today, ahead).state.bookings).toHaveLength(1);
  });

  const refusals = [
    ['began in the future', { begunAt: '2026-03-02T08:00:01Z' }, 'FACT_IN_FUTURE', 'begunAt'],
    [
      'holds a fact of the future',
      { history: [fact('imaging.acr', '2026-03-03T08:00:00Z', { value: 5 })] },
      'FACT_IN_FUTURE',
      'history.0.at',
    ],
    [
      'holds what the protocol does not know',
      { history: [...history, fact('no.such', seen)] },
      'FACT_NOT_ALLOWED',
      'history.3.code',
    ],
    [
      'holds a value that would be read as unknown',
      { history: [fact('imaging.acr', seen, { value: 'five' })] },
      'FACT_MALFORMED',
      'history.0.value',
    ],
    [
      'holds what is worked out anew',
      { history: [fact('patient.age', seen, { value: 60 })] },
      'FACT_NOT_ALLOWED',
      'history.0.code',
    ],
  ] as const;
  it.each(refusals)('is refused where the record %s', (_, wrong, code, field) => {
    expect(refusalOf(() => lived(smallPlanner, { ...takeOver, ...wrong }))).toMatchObject({ code, field });
  });
});
