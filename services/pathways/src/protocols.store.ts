import type { Protocol } from '@ariane/protocol';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { byHash, libraryIn, plannerOf } from './planner';
import { protocolsFrom } from './protocol-folder';
import { assessmentsOf, ruleFactsOf, rulesFrom } from './rule-facts';

/** Beside `src` and `dist` alike; a deployer adds documents of their own by naming another folder. */
const folder = process.env.ARIANE_PROTOCOLS_DIR ?? join(__dirname, '..', 'protocols');

function loadAll(): readonly Protocol[] {
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
  return protocolsFrom(files.map((name) => readFileSync(join(folder, name), 'utf8')));
}

/** The care protocols of this installation, checked at the start: a faulty one stops the service. In use everywhere. */
export const installed = loadAll();

/** Grows by what territories publish; a document is known by its hash, so that none can take another's place. */
const known = byHash(installed);

/** Every document that this process has loaded. `ProtocolShelf.ensure` loads what a pathway is pinned to. */
export const library = libraryIn(known);

/** Takes in a published document. */
export function shelve(protocol: Protocol): void {
  known.set(protocol.sha256, protocol);
}

const rules = rulesFrom(process.env);

/** What the pathway's decider plans with. */
export const planner = plannerOf(library, ruleFactsOf(rules));

/** What the rules that the planner reads have answered last, and why. */
export const assess = assessmentsOf(rules);
