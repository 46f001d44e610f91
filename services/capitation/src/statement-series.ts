import { type Decider, DomainError } from '@ariane/kernel';
import type { IssueStatements, Statement, StatementSeries, StatementsIssued } from './statement';

/**
 * Numbers statements. One that says what the latest of its party and month says is not issued again; another
 * supersedes it under a new number.
 *
 * @throws VERSION_CONFLICT when somebody issued since the latest were read
 */
export const statementSeries: Decider<StatementSeries, IssueStatements, StatementsIssued> = {
  decide: (state, { book, kind, drafts, latest, asOf, now }) => {
    const last = state?.last ?? 0;
    if (last !== asOf) throw new DomainError('VERSION_CONFLICT');
    const news = drafts.filter((draft) => {
      const known = latest.get(`${draft.party}|${draft.month}`);
      return known?.sha256 !== draft.sha256 || known.isFinal !== draft.isFinal;
    });
    if (news.length === 0) return [];
    const statements = news.map((draft, index): Statement => {
      const supersedes = latest.get(`${draft.party}|${draft.month}`)?.number ?? null;
      return { ...draft, book, kind, number: last + index + 1, supersedes, issuedAt: now };
    });
    return [{ type: 'StatementsIssued', data: { book, kind, statements, last: last + statements.length } }];
  },
  evolve: (_, { data: { book, kind, last } }) => ({ book, kind, last }),
};
