import type { NewFact, Pathway, PathwayEvent, Signed } from './pathway';

/** A fact in its place, and the ring that has the plan read again; a closed pathway has no plan to read. */
export function foldedFact(state: Pathway, fact: NewFact, index = 0): readonly PathwayEvent[] {
  // Facts that were taken back keep their numbers: the order in which all were recorded never changes.
  const seq = state.facts.length + (state.withdrawn?.length ?? 0) + index + 1;
  return [
    { type: 'FactFolded', data: { ...fact, seq } },
    ...(state.status === 'ACTIVE' ? [doorbell(state, fact)] : []),
  ];
}

const doorbell = (state: Pathway, { id, code, at, stepKey }: NewFact): PathwayEvent => ({
  type: 'FactRecorded',
  data: {
    pathwayId: state.id,
    patientId: state.patientId,
    factId: id,
    code,
    at,
    ...(stepKey === undefined ? {} : { stepKey }),
  },
});

/** A fact that no longer counts, by whom and why; nothing where it is not there. */
export function withdrawnFact(state: Pathway, factId: string, signed: Signed): readonly PathwayEvent[] {
  const fact = state.facts.find(({ id }) => id === factId);
  if (fact === undefined) return [];
  const { id: pathwayId, patientId } = state;
  return [{ type: 'FactWithdrawn', data: { pathwayId, patientId, factId, code: fact.code, ...signed } }];
}
