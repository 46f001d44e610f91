import type { Member } from './roster';
import type { RosterAccount } from './roster-account';

/** A member as finance sees it: by pseudonym, without the payer's number. */
export const memberView = (of: {
  readonly id: string;
  readonly state: Member;
}): Pick<Member, 'spans' | 'values' | 'diedBefore' | 'history'> & { readonly member: string } => {
  const { spans, values, diedBefore, history } = of.state;
  return { member: of.id, spans, values, diedBefore, history };
};

/** A month of a roster under a contract: what it comes to, for how many members and days. */
export function rosterAccountView({
  book,
  contractId,
  month,
  parts,
  lines,
  amountsJson,
  sha256,
  settledAt,
}: RosterAccount) {
  return {
    ...{ book, contract: contractId, month, sha256, settledAt },
    members: parts.reduce((sum, part) => sum + part.members, 0),
    days: parts.reduce((sum, part) => sum + part.days, 0),
    amounts: withoutParts(amountsJson),
    lines: lines.map(({ key, rev, name }) => ({ key, rev, name })),
  };
}

/** The amounts by name; the lists of parts by pseudonym's beginning say nothing to a reader. */
function withoutParts(amountsJson: string): Readonly<Record<string, unknown>> {
  const amounts = JSON.parse(amountsJson) as Readonly<Record<string, unknown>>; // as: written by the account itself
  return Object.fromEntries(Object.entries(amounts).filter(([name]) => !name.endsWith('.lines')));
}
