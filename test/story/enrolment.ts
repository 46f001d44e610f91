import { localIdentifier } from '@ariane/kernel';
import { type Api, keyOf, Refused } from './api.ts';
import type { Territory } from './territory.ts';

/** A story that was cut short is taken up where it stands. */
export async function begunBefore(api: Api, pathwayId: string): Promise<{ patientId: string } | undefined> {
  try {
    return await api.get<{ patientId: string }>('coordinator', 'pathways', `/pathways/${pathwayId}`);
  } catch (error) {
    if (error instanceof Refused && error.status === 404) return undefined;
    throw error;
  }
}

/** The story's own patient with weight and creatinine; answers the id. */
export async function registerPatient(api: Api, seed: string): Promise<string> {
  const id = keyOf(seed, 'patient');
  const coordinator = { role: 'coordinator' } as const;
  await api.post(
    coordinator,
    'pathways',
    '/patients',
    {
      id,
      familyName: `ESSAI-${seed
        .slice(0, 4)
        .toUpperCase()
        .replace(/[^A-Z]/g, 'X')}`,
      givenNames: ['Ariane'],
      birthDate: '1948-01-15',
      sex: 'female',
      language: 'fr',
      identifiers: [
        { system: 'urn:ariane:local', value: localIdentifier(Number.parseInt(keyOf(seed).slice(0, 8), 16)) },
      ],
    },
    keyOf(seed, 'register'),
  );
  const now = await api.now();
  const measured = [
    { code: '29463-7', value: 62, unit: 'kg' },
    { code: '2160-0', value: 118, unit: 'umol/L' },
  ];
  for (const { code, value, unit } of measured) {
    const measurement = { id: keyOf(seed, code), code, value, unit, measuredAt: now };
    await api.post(coordinator, 'pathways', `/patients/${id}/measurements`, measurement, keyOf(seed, 'measure', code));
  }
  return id;
}

/** The care team is everybody but the expert, and the coordinator a second time as such. */
export async function enrol(
  api: Api,
  territory: Territory,
  pathwayId: string,
  patientId: string,
  seed: string,
): Promise<void> {
  const careTeam = territory.colleagues
    .filter(({ role }) => role !== 'EXPERT')
    .map(({ practitionerId, role }) => ({ practitionerId, role, ground: 'same-establishment' }));
  const coordinator = territory.of('IDEC');
  careTeam.push({ practitionerId: coordinator.practitionerId, role: 'coordinator', ground: 'same-establishment' });
  await api.post(
    { role: 'coordinator', practitionerId: coordinator.practitionerId },
    'pathways',
    '/pathways',
    { id: pathwayId, patientId, protocolId: 'breast-cancer', careTeam },
    keyOf(seed, 'enrol'),
    { traceparent: `00-${traceIdOf(seed)}-${traceIdOf(seed).slice(16)}-01` },
  );
}

/** The same story has the same trace: told again after it was cut short, it still finds its enrolment. */
export const traceIdOf = (seed: string): string => keyOf(seed, 'trace').replaceAll('-', '');
