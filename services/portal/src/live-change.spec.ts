import type { Principal } from '@ariane/auth';
import { type LiveChange, liveText } from './live-change';
import { isToldTo } from './live-change.guard';

const change: LiveChange = {
  ...{ id: '7', service: 'pathways', type: 'StepDone', territory: 'here' },
  ...{ pathwayId: 'pathway', readers: ['nurse'] },
};
const ofNoPathway: LiveChange = {
  ...{ id: '8', service: 'scheduling', type: 'CalendarOpened', territory: 'here', readers: [] },
};
const person = { kind: 'person', subject: 'somebody', territory: 'here' } as const;
const reader: Principal = { ...person, roles: ['coordinator'], practitionerId: 'nurse' };

describe('who is told that something has changed', () => {
  it.each<[string, LiveChange, Principal, boolean]>([
    ['those who care for the pathway', change, reader, true],
    ['no colleague who does not', change, { ...reader, practitionerId: 'other' }, false],
    ['nobody of another territory', change, { ...reader, territory: 'there' }, false],
    ['nobody of finance, for a pathway', change, { ...person, roles: ['finance'] }, false],
    ['nobody of finance who also cares for it', change, { ...reader, roles: ['finance'] }, false],
    [
      'nothing of a pathway that fell silent between',
      { ...change, service: 'scheduling' },
      { ...reader, practitionerId: 'other' },
      false,
    ],
    ['finance, for money', { ...change, service: 'capitation' }, { ...person, roles: ['finance'] }, true],
    ['no coordinator, for money', { ...change, service: 'capitation' }, reader, false],
    ['the chair, for a case', { ...change, service: 'meetings' }, { ...person, roles: ['chair'] }, true],
    ['everybody who works in care, for a calendar', ofNoPathway, reader, true],
    ['no patient, for a calendar', ofNoPathway, { ...person, roles: ['patient'] }, false],
  ])('%s', (_name, told, to, expected) => {
    expect(isToldTo(told, to)).toBe(expected);
  });

  it('hears what kind of thing changed in which pathway, and nothing more', () => {
    expect(liveText(change)).toBe(
      'id: 7\nevent: change\ndata: {"service":"pathways","type":"StepDone","pathwayId":"pathway"}\n\n',
    );
  });
});
