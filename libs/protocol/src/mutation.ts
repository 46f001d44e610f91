import { LineCounter, parseDocument } from 'yaml';
import { loadProtocol } from './check';
import { flowFaults } from './check-flow';
import { nameFaults } from './check-names';
import type { Shelf } from './check-shelf';
import { compileProtocol } from './compile';
import type { ExampleDocument, ProtocolDocument } from './document';
import { failingExample } from './examples';
import { lineOf } from './line-of';
import { type Mutant, type MutantKind, mutantsOf } from './mutants';

interface Survivor extends Pick<Mutant, 'kind' | 'pointer' | 'change'> {
  /** Line of the text, from 1. */
  readonly line?: number;
}

type Count = { readonly killed: number; readonly total: number };

/** How many planted faults the checks and the examples of a protocol notice, and those they don't. */
export interface MutationReport extends Count {
  /** From 0 to 1. */
  readonly share: number;
  readonly byKind: Readonly<Record<MutantKind, Count>>;
  readonly byChecks: number;
  readonly byExamples: number;
  readonly survivors: readonly Survivor[];
}

/** Plants every fault, one at a time, in a protocol that has none. */
function mutationOf(document: ProtocolDocument): MutationReport {
  const queue = [...document.examples];
  const judged = mutantsOf(document).map((mutant) => ({ mutant, killer: killerOf(mutant, queue) }));
  const count = (kept: typeof judged): Count => ({
    killed: kept.filter(({ killer }) => killer !== undefined).length,
    total: kept.length,
  });
  const of = (kind: MutantKind) => count(judged.filter(({ mutant }) => mutant.kind === kind));
  const all = count(judged);
  return {
    ...all,
    share: all.total === 0 ? 1 : all.killed / all.total,
    byKind: { delay: of('delay'), condition: of('condition'), role: of('role'), step: of('step') },
    byChecks: judged.filter(({ killer }) => killer === 'check').length,
    byExamples: judged.filter(({ killer }) => killer === 'example').length,
    survivors: judged
      .filter(({ killer }) => killer === undefined)
      .map(({ mutant: { kind, pointer, change } }) => ({ kind, pointer, change })),
  };
}

/**
 * The same for the text of a protocol or of a variant that has no fault, each survivor with its line. Of a variant, the
 * merged document is judged, and its pointers are those of that document.
 */
export function mutationOfText(text: string, shelf?: Shelf): MutationReport {
  const lines = new LineCounter();
  const parsed = parseDocument(text, { lineCounter: lines });
  const { document } = loadProtocol(parsed.toJS(), shelf);
  const report = mutationOf(document);
  if (document.inherits) return report;
  const survivors = report.survivors.map((survivor) => {
    const line = lineOf(survivor.pointer, parsed, lines);
    return line === undefined ? survivor : { ...survivor, line };
  });
  return { ...report, survivors };
}

/**
 * What notices a mutant: a check, before any patient, or an example. The example that noticed the last one is tried first,
 * since mutants of one step come together.
 */
function killerOf({ document }: Mutant, examples: ExampleDocument[]): 'check' | 'example' | undefined {
  if (nameFaults(document).length > 0 || flowFaults(document).length > 0) return 'check';
  const killer = failingExample(compileProtocol(document, 'none'), examples);
  if (!killer) return undefined;
  examples.splice(examples.indexOf(killer), 1);
  examples.unshift(killer);
  return 'example';
}
