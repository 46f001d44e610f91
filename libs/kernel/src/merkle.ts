import { sha256Hex } from './canonical';

/**
 * The Merkle root of a batch's entry hashes: ten hashes prove that one of a thousand entries is in a sealed batch.
 * Leaves and nodes are hashed apart, and an odd node rises alone, so that no two lists share a root.
 */
export function merkleRoot(hashes: readonly string[]): string {
  let level = hashes.map((hash) => sha256Hex(`leaf ${hash}`));
  while (level.length > 1) {
    const above: string[] = [];
    for (let index = 0; index < level.length; index += 2) {
      const [left = '', right] = level.slice(index, index + 2);
      above.push(right === undefined ? left : sha256Hex(`node ${left} ${right}`));
    }
    level = above;
  }
  return level[0] ?? sha256Hex('empty');
}

/** One step from a leaf to the root: the hash beside it, and on which side it stands. */
export interface ProofStep {
  readonly side: 'left' | 'right';
  readonly hash: string;
}

/** What proves that the hash at a place is among those of a root: about ten steps for a thousand. */
export function merkleProof(hashes: readonly string[], index: number): readonly ProofStep[] {
  const steps: ProofStep[] = [];
  let level = hashes.map((hash) => sha256Hex(`leaf ${hash}`));
  for (let at = index; level.length > 1; at = Math.floor(at / 2)) {
    const beside = level[at % 2 === 0 ? at + 1 : at - 1];
    if (beside !== undefined) steps.push({ side: at % 2 === 0 ? 'right' : 'left', hash: beside });
    const above: string[] = [];
    for (let left = 0; left < level.length; left += 2) {
      const [a = '', b] = level.slice(left, left + 2);
      above.push(b === undefined ? a : sha256Hex(`node ${a} ${b}`));
    }
    level = above;
  }
  return steps;
}

/** The root that a proof leads to: equal to the sealed one, or the hash is not in the batch. */
export const provenRoot = (hash: string, proof: readonly ProofStep[]): string =>
  proof.reduce(
    (node, step) => sha256Hex(step.side === 'left' ? `node ${step.hash} ${node}` : `node ${node} ${step.hash}`),
    sha256Hex(`leaf ${hash}`),
  );
