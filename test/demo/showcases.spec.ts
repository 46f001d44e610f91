import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cast, MEETING_TYPE } from '../story/cast.ts';
import { rosterLines } from '../story/territory.ts';
import { demoCast, showcases } from './cast.ts';
import { teamOf } from './enrolment.ts';
import { protocolIds } from './protocols.ts';

interface Step {
  readonly id: string;
  readonly kind: string;
  readonly role: string;
  readonly deputies?: readonly string[];
  readonly visitKind?: string;
  readonly durationMinutes?: number;
  readonly meetingType?: string;
  readonly specialty?: string;
  readonly doneBy?: Awaited;
  readonly failedBy?: readonly Awaited[];
}
interface Awaited {
  readonly fact?: string;
  readonly in?: readonly (string | number)[];
}
interface Document {
  readonly roles: Readonly<Record<string, object>>;
  readonly steps: readonly Step[];
}

const folder = join(__dirname, '../../services/pathways/protocols');
const meetings = join(__dirname, '../../contracts/openapi/meetings.json');
const documentOf = (id: string): Document => JSON.parse(readFileSync(join(folder, `${id}.json`), 'utf8')) as Document;
const everybody = [...cast, ...demoCast];
const shown = showcases.map((showcase) => [showcase.protocolId, showcase] as const);

describe('the demo', () => {
  it('shows the five protocols, with nobody in the directory twice', () => {
    expect(shown.map(([id]) => id).sort()).toEqual([...protocolIds].sort());
    const numbers = everybody.map(({ rpps }) => rpps);
    expect(new Set(numbers).size).toBe(numbers.length);
  });

  it.each(shown)('has somebody in every role of %s', (id, showcase) => {
    const roles = Object.keys(documentOf(id).roles);
    expect(teamOf(showcase, roles, everybody).map(({ role }) => role)).toEqual(roles);
  });

  it.each(shown)('has a calendar in which every visit of %s fits', (id, showcase) => {
    const { roles, steps } = documentOf(id);
    const team = teamOf(showcase, Object.keys(roles), everybody);
    const homeless = steps.filter(({ kind, role, deputies = [], visitKind, durationMinutes = 0 }) => {
      const holders = team.filter((member) => [role, ...deputies].includes(member.role));
      const visits = holders.flatMap((member) => member.visits);
      return (
        kind === 'appointment' && !visits.some(([what, minutes]) => what === visitKind && minutes >= durationMinutes)
      );
    });
    expect(homeless.map((step) => step.id)).toEqual([]);
  });

  it.each(shown)(
    'has two doctors of every specialty that %s asks for an opinion, or one outside its team',
    (id, showcase) => {
      const { roles, steps } = documentOf(id);
      const team = teamOf(showcase, Object.keys(roles), everybody).map(({ rpps }) => rpps);
      const experts = everybody.filter(({ profession }) => profession === 'doctor');
      const alone = steps.filter(({ specialty, role }) => {
        const able = experts.filter(
          (one) => one.specialty === specialty && !(team.includes(one.rpps) && one.role === role),
        );
        return specialty !== undefined && able.length === 0;
      });
      expect(alone.map((step) => step.id)).toEqual([]);
    },
  );

  it.each(shown)('has meetings of every kind that %s asks for', (id, { meetings }) => {
    const known = [MEETING_TYPE, ...meetings.map(({ meetingType }) => meetingType)];
    const asked = documentOf(id).steps.flatMap(({ meetingType }) => meetingType ?? []);
    expect(asked.filter((one) => !known.includes(one))).toEqual([]);
  });

  it.each(protocolIds)('lets a meeting sign each decision that %s waits for', (id) => {
    const { components } = JSON.parse(readFileSync(meetings, 'utf8')) as {
      components: { schemas: { DecisionBody: { properties: { orientation: { enum: string[] } } } } };
    };
    const awaited = documentOf(id).steps.flatMap(({ doneBy = {}, failedBy = [] }) => [doneBy, ...failedBy]);
    const decisions = awaited.flatMap(({ fact, in: values = [] }) => (fact === 'meeting.decision' ? values : []));
    const known: readonly (string | number)[] = components.schemas.DecisionBody.properties.orientation.enum;
    expect(decisions.filter((one) => !known.includes(one))).toEqual([]);
  });

  it.each(protocolIds)('has a roster at every hour for every role of %s', (id) => {
    const lines = rosterLines(everybody);
    const covered = lines.filter(({ hours }) => hours.length === 7 && hours.every(({ to }) => to === '24:00'));
    const roles = new Set(covered.map(({ role }) => role));
    const needed = [...Object.keys(documentOf(id).roles), 'coordinator', 'on-call'];
    expect(needed.filter((role) => !roles.has(role))).toEqual([]);
  });
});
