/** FNV-1a: a text as 32 bits, so that a seed or a step's name can be mixed in. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash >>> 0;
}

/** MurmurHash3's block step and finaliser (Appleby, public domain). */
function mixed(hash: number, word: number): number {
  let block = Math.imul(word, 0xcc9e2d51);
  block = Math.imul((block << 15) | (block >>> 17), 0x1b873593);
  const joined = hash ^ block;
  return (Math.imul((joined << 13) | (joined >>> 19), 5) + 0xe6546b64) | 0;
}

function finished(hash: number): number {
  let bits = hash ^ (hash >>> 16);
  bits = Math.imul(bits ^ (bits >>> 13), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 16), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}

/**
 * Chance without a state: a number in [0, 1) decided by what it is for. Nobody draws before anybody else, so a patient
 * lives the same course whatever thread plays it, and two protocols are compared on the same luck.
 */
export const chanceOf = (patient: number, purpose: number, nth: number): number =>
  finished(mixed(mixed(mixed(0x9747b28c, patient), purpose), nth)) / 0x1_0000_0000;

/** The root of one patient's luck. */
export const patientRoot = (seed: number, index: number): number => finished(mixed(mixed(seed, index), 0x5bd1e995));

/** A draw from the standard normal distribution (Box and Muller). */
export function normalOf(patient: number, purpose: number, nth: number): number {
  const radius = Math.sqrt(-2 * Math.log(1 - chanceOf(patient, purpose ^ 0x3c6ef372, nth)));
  return radius * Math.cos(2 * Math.PI * chanceOf(patient, purpose ^ 0x1f83d9ab, nth));
}
