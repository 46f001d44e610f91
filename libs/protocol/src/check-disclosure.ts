import type { ProtocolDocument } from './document';
import { type Fault, fault, type Path } from './fault';

/** Words that would tell the patient what nobody has yet said in person (hazard H2). */
const telling =
  /cancer|tumeur|tumou?r|malign|malin|carcin|oncolog|onco|chimio|chemo|radiothérap|radiotherap|métasta|metasta|néoadj|neoadj|\brcp\b/i;

/** Whatever the patient reads before the announcement must not make it. */
export function disclosureFaults(document: ProtocolDocument): readonly Fault[] {
  const labels = [
    ...document.steps.map((step, index) => ({ label: step.labelBefore, path: ['steps', index, 'labelBefore'] })),
    ...document.phases.map((phase, index) => ({ label: phase.labelBefore, path: ['phases', index, 'labelBefore'] })),
  ];
  return [
    ...labels.flatMap(({ label, path }) => languages.flatMap((language) => told(label[language], [...path, language]))),
    ...document.steps.flatMap((step, index) => {
      const before = step.patient?.before;
      if (!before) return [];
      return languages.flatMap((language) =>
        levels.flatMap((level) =>
          told(before[language][level], ['steps', index, 'patient', 'before', language, level]),
        ),
      );
    }),
  ];
}

const languages = ['fr', 'en'] as const;
const levels = ['plain', 'simple'] as const;

function told(text: string, path: Path): readonly Fault[] {
  const [word] = telling.exec(text) ?? [];
  if (word === undefined) return [];
  const remedy = `Write it without "${word}": say what will happen, not what it is for.`;
  return [fault('disclosure', path, `"${text}" tells the diagnosis before it is announced`, remedy)];
}
