import { hash } from 'node:crypto';

/**
 * The canonical JSON (RFC 8785) of what is signed: keys in UTF-16 order, no white space, undefined members left out.
 * Two equal values give the same text whatever their key order. Numbers are whole.
 */
export function canonicalJson(value: unknown): string {
  if (typeof value === 'bigint') return `"${value}"`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((item: unknown) => canonicalJson(item)).join(',')}]`;
  const record = value as Readonly<Record<string, unknown>>; // as: what is neither null nor a list is read by its keys
  let members = '';
  for (const key of Object.keys(record).sort()) {
    const member = record[key];
    if (member === undefined) continue;
    members += `${members === '' ? '' : ','}${JSON.stringify(key)}:${canonicalJson(member)}`;
  }
  return `{${members}}`;
}

/** SHA-256 of a text in UTF-8, as 64 lower-case hexadecimal digits. */
export const sha256Hex = (text: string): string => hash('sha256', text);
