import { readdirSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import {
  checkProtocolText,
  type Fault,
  loadProtocol,
  mutationOfText,
  type MutationReport,
  type ProtocolDocument,
  protocolsAmong,
  type Shelf,
} from '@ariane/protocol';
import { type Command, type Invocation, operandOf } from './command';
import { BadInput } from './failure';
import { readDocument } from './read-document';

export const protocolCommands: readonly Command[] = [
  {
    name: 'protocol check',
    usage: 'FILE',
    about:
      'says all that is wrong with a care protocol or a local variant (JSON or YAML), with lines and remedies; plays its ' +
      'examples; its base and its sub-protocols are looked for beside it',
    operands: ['FILE'],
    run: (invocation) => {
      const { text, shelf } = checked(invocation);
      const { document, sha256 } = loadProtocol(text, shelf);
      const { id, version, steps, phases, examples } = document;
      return {
        value: {
          valid: true,
          id,
          version,
          sha256,
          steps: steps.length,
          phases: phases.length,
          examples: examples.length,
        },
        lines: [...summaryOf(document), `sha256 ${sha256}`],
      };
    },
  },
  {
    name: 'protocol mutants',
    usage: 'FILE [--least PERCENT]',
    about:
      'plants faults in a good protocol, one at a time (delays, conditions, roles, steps), and lists those that neither ' +
      'its checks nor its examples notice',
    operands: ['FILE'],
    options: { least: 'value' },
    run: (invocation) => {
      const { file, text, shelf } = checked(invocation);
      const least = percentOf(invocation);
      const report = mutationOfText(text, shelf);
      const lines = mutationLines(file, report);
      if (report.share * 100 < least) {
        throw new BadInput([...lines, `Fewer than ${String(least)} % are noticed.`].join('\n'), report);
      }
      return { value: report, lines };
    },
  },
];

/** A protocol that has no fault, with the others of its folder. Throws BadInput with every fault there is. */
function checked(invocation: Invocation): { readonly file: string; readonly text: string; readonly shelf: Shelf } {
  const file = operandOf(invocation, 0);
  const { text } = readDocument(invocation.folder, file);
  const shelf = shelfBeside(invocation.folder, file);
  const faults = checkProtocolText(text, shelf);
  if (faults.length === 0) return { file, text, shelf };
  const summary = `${file} is refused: ${faults.length} ${faults.length === 1 ? 'fault' : 'faults'}.`;
  throw new BadInput([...faults.map((fault) => faultLine(file, fault)), summary].join('\n'), { valid: false, faults });
}

function faultLine(file: string, { line, pointer, message, remedy }: Fault): string {
  const place = line === undefined ? file : `${file}:${String(line)}`;
  return `${place}  ${pointer === '' ? '/' : pointer}: ${message}  ${remedy}`;
}

/** The other protocols of the folder; what is not one is passed over. */
function shelfBeside(folder: string, file: string): Shelf {
  const beside = dirname(resolve(folder, file));
  const names = readdirSync(beside).filter((name) => /\.(json|ya?ml)$/.test(name) && name !== basename(file));
  return protocolsAmong(
    names.flatMap((name) => {
      try {
        return [readDocument(beside, join(beside, name)).document];
      } catch (error) {
        // A neighbour that cannot be read is not what is checked.
        if (error instanceof BadInput) return [];
        throw error;
      }
    }),
  );
}

function percentOf({ options }: Invocation): number {
  const least = Number(options['least'] ?? 0);
  if (!(least >= 0 && least <= 100)) throw new BadInput('--least: a percentage is a number from 0 to 100.');
  return least;
}

const counted = <T>(items: readonly T[], nameOf: (item: T) => string): string =>
  [...Map.groupBy(items, nameOf)].map(([name, group]) => `${String(group.length)} ${name}`).join(', ');

/** What a reader wants to see of a good protocol, and what still needs a human eye. */
function summaryOf({ id, version, title, steps, phases, branches, examples, reviewBy, ...rest }: ProtocolDocument) {
  const tags = steps.flatMap((step) => step.sources.map(({ tag }) => tag));
  const count = (tag: string): number => tags.filter((other) => other === tag).length;
  const indent = Math.max(...phases.map((phase) => phase.id.length));
  return [
    `${id}, version ${String(version)}: ${title.en}`,
    ...(rest.inherits ? [`inherits ${rest.inherits.id}, version ${String(rest.inherits.version)}`] : []),
    `steps ${String(steps.length)}: ${counted(steps, (step) => step.kind)}`,
    `phases ${String(phases.length)}:`,
    ...phases.map((phase) => {
      const own = steps.filter((step) => step.phase === phase.id).map((step) => step.id);
      return `  ${phase.id.padEnd(indent)}  ${own.join(', ')}`;
    }),
    ...(branches ? [`branches ${String(branches.length)}: ${branches.map((branch) => branch.id).join(', ')}`] : []),
    `examples passed ${String(examples.length)}`,
    `to review by ${reviewBy}: ${String(count('K'))} rules of general knowledge to be confirmed, ` +
      `${String(count('proposal'))} proposals; read in a source ${String(count('S'))}, measured ${String(count('M'))}`,
  ];
}

function mutationLines(file: string, report: MutationReport): readonly string[] {
  const { killed, total, share, byKind, byChecks, byExamples, survivors } = report;
  return [
    ...survivors.map(
      ({ line, kind, pointer, change }) => `${file}:${String(line ?? 1)}  ${kind} ${pointer}  ${change}`,
    ),
    `planted ${String(total)}, noticed ${String(killed)} (${(100 * share).toFixed(1)} %): ` +
      `${String(byChecks)} by the checks, ${String(byExamples)} by the examples; survivors are listed above`,
    Object.entries(byKind)
      .map(([kind, count]) => `${kind} ${String(count.killed)}/${String(count.total)}`)
      .join(', '),
  ];
}
