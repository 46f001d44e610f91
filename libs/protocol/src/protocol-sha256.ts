import { canonicalJson, sha256Hex } from '@ariane/kernel';
import type { ProtocolDocument } from './document';

/** What a pin holds: SHA-256 of the canonical JSON (RFC 8785) of a document, in hexadecimal. */
export const protocolSha256 = (document: ProtocolDocument): string => sha256Hex(canonicalJson(document));
