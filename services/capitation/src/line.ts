import { type Decider, DomainError } from '@ariane/kernel';
import type { Line } from './recalculate';

/** A line as the books' readers find it: where it stands, and for whom. The account it belongs to holds the truth. */
export interface StoredLine extends Omit<Line, 'key'> {
  readonly book: string;
  readonly subject: string;
  readonly period: string;
  readonly contract: { readonly id: string; readonly version: number; readonly sha256: string };
  readonly target: bigint;
  readonly explain: string | null;
  readonly inputsHash: string;
}

export type LineCommand =
  | { readonly type: 'MoveLine'; readonly line: StoredLine }
  /** A person resolved what was pending; target and reason stay those of the last run. */
  | { readonly type: 'ResolveLine'; readonly line: Omit<Line, 'key'> };

export interface LineMoved {
  readonly type: 'LineMoved';
  readonly data: StoredLine;
}

const settled = ({ pending: _, ...line }: StoredLine): StoredLine => line;

/** @throws NOT_FOUND */
export const lines: Decider<StoredLine, LineCommand, LineMoved> = {
  decide: (state, command) => {
    if (command.type === 'MoveLine') return [{ type: 'LineMoved', data: command.line }];
    if (!state) throw new DomainError('NOT_FOUND');
    return [{ type: 'LineMoved', data: { ...settled(state), ...command.line } }];
  },
  evolve: (_, { data }) => data,
};
