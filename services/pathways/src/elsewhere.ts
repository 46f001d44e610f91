import { type PatientPathway, veinCodes } from '@ariane/clinical-rules';
import { uuidv5 } from '@ariane/kernel';
import type { Fact } from '@ariane/protocol';
import type { NewFact } from './pathway';

/** A fact of one pathway that the patient's other pathways are told, for rules that forbid across them (hazard H9). */
export interface SharedFact {
  readonly pathwayId: string;
  readonly protocolId: string;
  readonly fact: NewFact;
}

const shared: ReadonlySet<string> = new Set(veinCodes);

/** Only what a rule across pathways reads is told: another care team learns no more than that. */
export const isShared = (code: string): boolean => shared.has(code);

/** The id under which the others keep a fact of one pathway. */
const elsewhereId = (factId: string): string => uuidv5(factId, 'elsewhere');

const WITHDRAWN = 'withdrawn';

/** That a fact was taken back, for the others, who keep what they were told and no longer count it. */
export const withdrawnElsewhere = (factId: string, at: string): NewFact => ({
  id: uuidv5(factId, WITHDRAWN),
  code: WITHDRAWN,
  at,
  value: elsewhereId(factId),
});

/** As another pathway keeps it: under a code of its own, so that it meets no condition as if it had happened there. */
export function toldElsewhere({ protocolId, fact: { id, code, at, value } }: SharedFact): NewFact {
  const told = { id: elsewhereId(id), code: `elsewhere/${protocolId}/${code}`, at };
  return value === undefined ? told : { ...told, value };
}

/** What the patient's other pathways have told this one, by their protocol. What a closed one had told stays. */
export function otherPathways(facts: readonly Fact[]): readonly PatientPathway[] {
  const told = facts.flatMap((fact) => {
    const [place, protocolId = '', ...code] = fact.code.split('/');
    return place === 'elsewhere' ? [{ protocolId, fact: { ...fact, code: code.join('/') } }] : [];
  });
  const takenBack = new Set(told.flatMap(({ fact }) => (fact.code === WITHDRAWN ? [fact.value] : [])));
  const standing = told.filter(({ fact }) => fact.code !== WITHDRAWN && !takenBack.has(fact.id));
  const byProtocol = Map.groupBy(standing, ({ protocolId }) => protocolId);
  return [...byProtocol].map(([protocolId, all]) => ({ protocolId, facts: all.map(({ fact }) => fact) }));
}
