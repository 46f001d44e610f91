import { loadProtocol, type Protocol, protocolsAmong } from '@ariane/protocol';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '../../services/pathways/protocols');

/** The demo's protocols, in the order in which its people are counted. */
export const protocolIds = ['breast-cancer', 'colorectal-metastatic', 'ckd-4-5', 'rare-disease', 'prevention'] as const;

/** The protocols that the services follow, loaded as they load them. */
export function protocolsOf(): readonly Protocol[] {
  const texts = protocolIds.map((id) => readFileSync(join(folder, `${id}.json`), 'utf8'));
  const shelf = protocolsAmong(texts.map((text): unknown => JSON.parse(text)));
  return texts.map((text) => loadProtocol(text, shelf));
}
