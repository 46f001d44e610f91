import { createHash } from 'node:crypto';

/**
 * A time-ordered id (RFC 9562, version 7).
 *
 * @param now milliseconds since 1970
 * @param random ten random bytes; the first twelve bits may hold a counter
 */
export function uuidv7(now: number, random: Uint8Array): string {
  const bytes = Buffer.alloc(16);
  bytes.writeUIntBE(now, 0, 6);
  bytes.set(random.subarray(0, 10), 6);
  return stamped(bytes, 7);
}

/**
 * The id that a name always has in a namespace (RFC 9562, version 5): how what a plan asks for keeps its identity
 * however often it is asked.
 *
 * @param namespace a UUID
 */
export function uuidv5(namespace: string, name: string): string {
  const hash = createHash('sha1')
    .update(Buffer.from(namespace.replaceAll('-', ''), 'hex'))
    .update(name)
    .digest();
  return stamped(hash.subarray(0, 16), 5);
}

function stamped(bytes: Buffer, version: number): string {
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | (version << 4), 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
