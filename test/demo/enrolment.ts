import type { Api } from '../story/api.ts';
import {
  type Colleague,
  openCalendars,
  paymentContracts,
  registerColleagues,
  scheduleMeetings,
  setRosters,
} from '../story/territory.ts';
import { demoCast, type Showcase, showcases } from './cast.ts';

/** The story plays eighteen months ahead; the demo's other meetings are looked at from today. */
const WEEKS_AHEAD = 20;

/** Adds what the further protocols need: professionals, their rosters, calendars and meetings. */
export async function ensureShowcases(api: Api): Promise<readonly Colleague[]> {
  const colleagues = await registerColleagues(api, demoCast);
  await setRosters(api, colleagues);
  await openCalendars(api, colleagues);
  const kinds = showcases.flatMap(({ meetings }) => meetings);
  await Promise.all(kinds.map((kind) => scheduleMeetings(api, kind, WEEKS_AHEAD)));
  return colleagues;
}

/** Whether some contract of the demo pays for it; without one nobody can be enrolled. */
export const isPaid = ({ protocolId }: Pick<Showcase, 'protocolId'>): boolean =>
  paymentContracts().some(({ protocols = [] }) => protocols.some(({ id }) => id === protocolId));

/**
 * Who cares for a patient: for each role of the protocol one of the showcase's own members, else one of all.
 *
 * @param roles of the protocol
 * @param line chooses among several who have the role
 */
export function teamOf<M extends { readonly role: string; readonly rpps: string }>(
  { members }: Pick<Showcase, 'members'>,
  roles: readonly string[],
  cast: readonly M[],
  line = 0,
): readonly M[] {
  const own = new Set(members.map(({ rpps }) => rpps));
  return roles.flatMap((role) => {
    const holders = cast.filter((one) => one.role === role);
    const ours = holders.filter(({ rpps }) => own.has(rpps));
    const among = ours.length > 0 ? ours : holders.slice(0, 1);
    return among[line % among.length] ?? [];
  });
}
