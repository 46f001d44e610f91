import { compileBranches, dictionaryOf, exclusionsOf, vocabularyOf } from './compile';
import { codesOf } from './condition';
import type { ProtocolDocument } from './document';
import { type Fault, fault } from './fault';
import { satisfying } from './satisfiable';

/**
 * Branches that exclude each other and read the same fact must not both be possible. Those that share no fact cannot be
 * told apart here: the plan then shows the conflict and asks for no step of either.
 */
export function exclusionFaults(document: ProtocolDocument): readonly Fault[] {
  const branches = compileBranches(document, vocabularyOf(document));
  return exclusionsOf(branches).flatMap(([one, other]) => {
    const shared = codesOf(one.when.condition).filter((code) => codesOf(other.when.condition).includes(code));
    if (shared.length === 0) return [];
    const found = satisfying([one.when.condition, other.when.condition], dictionaryOf(document));
    if (typeof found === 'string') return [];
    const shown = [...found].map(([name, value]) => `${name} = ${JSON.stringify(value)}`).join(', ');
    const index = branches.indexOf(other);
    return [
      fault(
        'exclusion',
        ['branches', index, 'when'],
        `holds together with "${one.id}", which excludes it: ${shown}`,
        'Narrow one of the two conditions so that no patient is on both.',
      ),
    ];
  });
}
