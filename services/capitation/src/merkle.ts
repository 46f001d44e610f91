import { sha256Hex } from '@ariane/kernel';

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
