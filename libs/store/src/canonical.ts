import { createHash } from 'node:crypto';

/** JSON with sorted keys; bigint as a decimal string. Two equal inputs give the same text whatever their key order. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) => {
    if (typeof inner === 'bigint') return inner.toString();
    if (inner === null || typeof inner !== 'object' || Array.isArray(inner)) return inner;
    return Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}

export const sha256Hex = (text: string): string => createHash('sha256').update(text).digest('hex');
