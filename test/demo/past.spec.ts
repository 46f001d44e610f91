import { epochOf } from '@ariane/kernel';
import type { Fact } from '@ariane/protocol';
import { cast } from '../story/cast.ts';
import { type Agenda, agendaOf } from './agenda.ts';
import type { Person } from './cohort.ts';
import { pastOf } from './past.ts';
import { protocolsOf } from './protocols.ts';

const todayMs = epochOf('2026-03-02T08:00:00Z');
const team = cast.map((member) => ({ ...member, practitionerId: member.rpps }));
const breast = protocolsOf()[0];
const meetingAt = (): number => epochOf('2026-02-24T11:00:00Z');

const told = (facts: readonly Partial<Fact>[], agenda: Agenda = agendaOf(), more: Partial<Person> = {}) => {
  if (breast === undefined) throw new Error('breast cancer is the first protocol');
  const person: Person = {
    ...{ order: 0, patientId: 'p', pathwayId: 'w', protocolId: 'breast-cancer', familyName: 'ESSAI-X', givenName: 'Y' },
    ...{ birthDate: '1960-01-01', sex: 'female', begunMs: epochOf('2026-02-02T08:00:00Z'), status: 'ACTIVE', line: 0 },
    facts: facts.map((fact, index) => ({ id: `f${index}`, seq: index, code: '', at: '', ...fact })),
    ...more,
  };
  return pastOf(person, breast, team, { agenda, meetingAt, todayMs });
};
const imaging = { code: 'imaging.acr', value: 5, stepKey: 'imaging', at: '2026-02-05T06:00:00Z' };

describe('a past', () => {
  it('has each visit in opening hours, with what it found', () => {
    const { acts, history } = told([imaging]);
    expect(acts).toMatchObject([{ kind: 'visit', at: '2026-02-05T07:30:00.000Z', outcome: 'attended' }]);
    expect(history.map(({ code, at }) => [code, at])).toEqual([
      ['appointment.attended', '2026-02-05T07:30:00.000Z'],
      ['imaging.acr', '2026-02-05T07:30:00.000Z'],
    ]);
  });

  it('never has a professional see two people at once', () => {
    const agenda = agendaOf();
    const starts = [told([imaging], agenda), told([imaging], agenda, { patientId: 'q', pathwayId: 'x' })].map(
      ({ acts }) => acts[0]?.at,
    );
    expect(starts).toEqual(['2026-02-05T07:30:00.000Z', '2026-02-05T08:00:00.000Z']);
  });

  it('keeps its order where a visit or a meeting came later than the simulation had it', () => {
    const { history } = told([
      { code: 'meeting.decision', value: 'SURGERY_FIRST', stepKey: 'meeting-1', at: '2026-02-19T09:00:00Z' },
      { code: 'task.done', stepKey: 'nurse-time', at: '2026-02-20T09:00:00Z' },
    ]);
    expect(history.map(({ at }) => at)).toEqual(Array.from({ length: 3 }, () => '2026-02-24T11:30:00.000Z'));
  });

  it('waits to be paid for what another service will tell, and for nothing else', () => {
    const { history } = told([
      imaging,
      { code: 'er', value: 'positive', stepKey: 'pathology', at: '2026-02-06T09:00:00Z' },
    ]);
    const versions = Object.fromEntries(history.map(({ code, factId }) => [code, factId.charAt(14)]));
    expect(versions).toEqual({ 'appointment.attended': '5', 'imaging.acr': '4', er: '4' });
  });

  it('says nothing of what the services work out themselves', () => {
    const { history } = told([{ code: 'patient.age', value: 60, at: '2026-02-05T09:00:00Z' }]);
    expect(history).toEqual([]);
  });

  it('leaves the act that ended the pathway for last', () => {
    const died = { code: 'patient.died', at: '2026-02-20T09:00:00Z' };
    const { history, closing } = told([imaging, died], agendaOf(), { status: 'DIED' });
    expect(closing.map(({ code }) => code)).toEqual(['patient.died']);
    expect(history.map(({ code }) => code)).not.toContain('patient.died');
  });
});
