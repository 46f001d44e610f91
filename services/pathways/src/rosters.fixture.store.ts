import { invariant, uuidv5 } from '@ariane/kernel';
import { type CommandContext, effect, type Store } from '@ariane/store';
import { duties, dutyIdOf } from './duties.store';
import { type Roster, uncovered } from './duty-cover';
import { library } from './protocols.store';

/** What a roster must say before anybody may enter an installed protocol: each role's hours, by one practitioner. */
export function rostersFor(protocolId: string, practitionerId: string, from = '2026-01-01'): readonly Roster[] {
  const document = library.find(protocolId)?.document;
  invariant(document !== undefined, 'a spec asks for the rosters of a protocol that is installed');
  return uncovered(document, [], from).map(({ role, hours }) => {
    const rosterId = uuidv5(practitionerId, `${protocolId}/${role}`);
    return { rosterId, role, practitionerId, from, timeZone: 'Europe/Paris', hours };
  });
}

/** As if scheduling had told of these rosters. */
export async function cover(store: Store, rosters: readonly Roster[], context: CommandContext): Promise<void> {
  const id = dutyIdOf(context.territory);
  const commands = rosters.map((roster) => effect(duties, id, { type: 'SetRoster', roster }));
  await store.handleMany(commands, context);
}
