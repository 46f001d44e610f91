/** The words of the glossary, in no order: each language has its own. */
export const terms = [
  'announcement',
  'capitation',
  'careTeam',
  'coordinator',
  'forfait',
  'ins',
  'milestone',
  'opinion',
  'pathway',
  'pps',
  'protocol',
  'quorum',
  'rcp',
  'rpps',
  'tier',
] as const;

/** Whether a word or its meaning holds what is looked for, whatever its accents and capitals. */
export function matches(text: string, wanted: string): boolean {
  const bare = (one: string): string => one.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  return bare(text).includes(bare(wanted.trim()));
}
