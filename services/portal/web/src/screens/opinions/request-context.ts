import type { Titled } from '../../ui';

/** Stands alone on its line between what is asked and what is brought along. */
const BORDER = '\n\n---\n';
/** What the service takes. */
export const TEXT_MAX = 4_000;

/** The text that is sent: the question, and below the border what the requester chose to bring along. */
export function questionWith(question: string, parts: readonly Titled[]): string {
  if (parts.length === 0) return question.trim();
  const told = parts.map(({ title, lines }) => [title, ...lines.map((line) => `- ${line}`)].join('\n'));
  return `${question.trim()}${BORDER}${told.join('\n')}`;
}

/** A question and what was brought along with it, as they are shown beside one another. */
export function splitQuestion(text: string): { readonly question: string; readonly parts: readonly Titled[] } {
  const at = text.indexOf(BORDER);
  if (at === -1) return { question: text, parts: [] };
  const parts: { title: string; lines: string[] }[] = [];
  for (const line of text.slice(at + BORDER.length).split('\n')) {
    if (line.startsWith('- ')) parts.at(-1)?.lines.push(line.slice(2));
    else if (line.trim() !== '') parts.push({ title: line, lines: [] });
  }
  return { question: text.slice(0, at), parts };
}

/** Under which name a new request for a pathway is kept while it is written. */
export const draftOf = (pathwayId: string): string => `new-opinion/${pathwayId}`;
