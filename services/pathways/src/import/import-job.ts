import type { ImportReport } from './report';

/** Where an import stands. Only a finished one has a report that will not change. */
export type ImportJob = {
  readonly jobId: string;
  readonly receivedAt: string;
  readonly bytesTotal: number;
} & (
  | { readonly status: 'received' }
  | { readonly status: 'running'; readonly percent: number; readonly report: ImportReport }
  | { readonly status: 'done'; readonly finishedAt: string; readonly report: ImportReport }
  | { readonly status: 'failed'; readonly finishedAt: string; readonly reason: string }
);

/** A job as it is stored: what is needed to begin it again besides what is told. */
export interface StoredJob {
  readonly _id: string;
  readonly territory: string;
  readonly actor: string;
  /** Name of the received file in the spool. */
  readonly file: string;
  /** Of the received file: the same key with another file is another request. */
  readonly sha256: string;
  readonly bytesTotal: number;
  readonly lines: boolean;
  /** Virtual now when it was received. */
  readonly receivedAt: string;
  readonly status: ImportJob['status'];
  /** Both passes counted. */
  readonly bytesRead: number;
  readonly report?: ImportReport;
  readonly finishedAt?: string;
  readonly reason?: string;
}

/** What is told of a job to its caller. */
export function toldOf(stored: StoredJob): ImportJob {
  const { _id: jobId, receivedAt, bytesTotal, report, finishedAt = receivedAt } = stored;
  const base = { jobId, receivedAt, bytesTotal };
  if (stored.status === 'failed') return { ...base, status: 'failed', finishedAt, reason: stored.reason ?? 'UNKNOWN' };
  if (stored.status === 'received' || report === undefined) return { ...base, status: 'received' };
  if (stored.status === 'done') return { ...base, status: 'done', finishedAt, report };
  const percent = bytesTotal === 0 ? 0 : Math.min(99, Math.floor((stored.bytesRead * 50) / bytesTotal));
  return { ...base, status: 'running', percent, report };
}

/** NDJSON when the media type says so; a Bundle, resources in a row or an array are recognised by their bytes. */
export const isLines = (contentType: string | undefined): boolean => /ndjson|jsonl/i.test(contentType ?? '');
