import type { Decider } from '@ariane/kernel';
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

export interface MoveLine {
  readonly type: 'MoveLine';
  readonly line: StoredLine;
}

export interface LineMoved {
  readonly type: 'LineMoved';
  readonly data: StoredLine;
}

export const lines: Decider<StoredLine, MoveLine, LineMoved> = {
  decide: (_, { line }) => [{ type: 'LineMoved', data: line }],
  evolve: (_, { data }) => data,
};
