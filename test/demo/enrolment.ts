import { localIdentifier } from '@ariane/kernel';
import { type Api, keyOf } from '../story/api.ts';
import { begunBefore } from '../story/enrolment.ts';
import {
  type Colleague,
  openCalendars,
  paymentContracts,
  registerColleagues,
  scheduleMeetings,
  setRosters,
  type Territory,
} from '../story/territory.ts';
import { demoCast, type Showcase, showcases } from './cast.ts';

const SEED = 'demo-showcase';

/** Adds what the further protocols need: professionals, their rosters, calendars and meetings. */
export async function ensureShowcases(api: Api): Promise<readonly Colleague[]> {
  const colleagues = await registerColleagues(api, demoCast);
  await setRosters(api, colleagues);
  await openCalendars(api, colleagues);
  for (const { meetings } of showcases) for (const meeting of meetings) await scheduleMeetings(api, meeting);
  return colleagues;
}

/** Whether some contract of the demo pays for it; without one nobody can be enrolled. */
export const isPaid = ({ protocolId }: Pick<Showcase, 'protocolId'>): boolean =>
  paymentContracts().some(({ protocols = [] }) => protocols.some(({ id }) => id === protocolId));

/**
 * Who cares for a showcase's patient: the showcase's own member for each role of the protocol, else the story's.
 *
 * @param roles of the protocol
 */
export function teamOf<M extends { readonly role: string; readonly rpps: string }>(
  { members }: Showcase,
  roles: readonly string[],
  cast: readonly M[],
): readonly M[] {
  const own = new Set(members.map(({ rpps }) => rpps));
  return roles.flatMap((role) => {
    const holders = cast.filter((one) => one.role === role);
    const chosen = holders.find(({ rpps }) => own.has(rpps)) ?? holders[0];
    return chosen === undefined ? [] : [chosen];
  });
}

/** Registers a showcase's invented patient and enrols them; the same again changes nothing. Answers the pathway's id. */
export async function enrolShowcase(
  api: Api,
  territory: Territory,
  further: readonly Colleague[],
  showcase: Showcase,
): Promise<string> {
  const { protocolId } = showcase;
  const pathwayId = keyOf(SEED, 'pathway', protocolId);
  if ((await begunBefore(api, pathwayId)) !== undefined) return pathwayId;
  const patientId = await registerPatient(api, showcase);
  const { items } = await api.get<{ items: readonly { id: string; roles: Readonly<Record<string, string>> }[] }>(
    'coordinator',
    'pathways',
    '/protocols',
  );
  const roles = Object.keys(items.find(({ id }) => id === protocolId)?.roles ?? {});
  const team = teamOf(showcase, roles, [...further, ...territory.colleagues]);
  const { practitionerId } = territory.of('IDEC');
  const careTeam = [...team, { practitionerId, role: 'coordinator' }].map((one) => ({
    practitionerId: one.practitionerId,
    role: one.role,
    ground: 'same-establishment',
  }));
  await api.post(
    { role: 'coordinator', practitionerId },
    'pathways',
    '/pathways',
    { id: pathwayId, patientId, protocolId, careTeam },
    keyOf(SEED, 'enrol', protocolId),
  );
  return pathwayId;
}

async function registerPatient(api: Api, { protocolId, patient }: Showcase): Promise<string> {
  const coordinator = { role: 'coordinator' } as const;
  const id = keyOf(SEED, 'patient', protocolId);
  const number = Number.parseInt(keyOf(SEED, protocolId).slice(0, 8), 16);
  await api.post(
    coordinator,
    'pathways',
    '/patients',
    {
      id,
      familyName: `ESSAI-${protocolId.slice(0, 4).toUpperCase()}`,
      givenNames: ['Ariane'],
      birthDate: patient.birthDate,
      sex: patient.sex,
      language: 'fr',
      identifiers: [{ system: 'urn:ariane:local', value: localIdentifier(number) }],
    },
    keyOf(SEED, 'register', protocolId),
  );
  const measuredAt = await api.now();
  for (const one of patient.measured) {
    const body = { id: keyOf(SEED, protocolId, one.code), ...one, measuredAt };
    const key = keyOf(SEED, 'measure', protocolId, one.code);
    await api.post(coordinator, 'pathways', `/patients/${id}/measurements`, body, key);
  }
  return id;
}
