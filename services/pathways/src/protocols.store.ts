import { type Protocol, loadProtocol } from '@ariane/protocol';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { libraryOf, plannerOf } from './planner';
import { assessmentsOf, ruleFactsOf, rulesFrom } from './rule-facts';

/** Beside `src` and `dist` alike; a deployer adds documents of their own by naming another folder. */
const folder = process.env.ARIANE_PROTOCOLS_DIR ?? join(__dirname, '..', 'protocols');

function loadAll(): readonly Protocol[] {
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
  return files.map((name) => loadProtocol(readFileSync(join(folder, name), 'utf8')));
}

/** The care protocols of this installation, checked at the start: a faulty one stops the service. */
export const library = libraryOf(loadAll());

const rules = rulesFrom(process.env);

/** What the pathway's decider plans with. */
export const planner = plannerOf(library, ruleFactsOf(rules));

/** What the rules that the planner reads have answered last, and why. */
export const assess = assessmentsOf(rules);
