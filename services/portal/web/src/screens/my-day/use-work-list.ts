import { useEffect, useMemo, useState } from 'react';

import type { WorkItem } from '../../api/care';
import { usePages } from '../../api/queries';
import { hold, type Held } from './work-queue';

const PAGE = 100;
/** What no event tells of: a deadline that passes. */
const AGAIN_MS = 60_000;

export interface WorkList extends Held {
  readonly read: ReturnType<typeof usePages<WorkItem>>;
  /** Lets in what waits; the list is then in the server's order. */
  readonly letIn: () => void;
}

/** The list of a query, held still while one works in it. */
export function useWorkList(query: string): WorkList {
  const read = usePages<WorkItem>(`/api/pathways/worklist?${query}&limit=${String(PAGE)}`, { everyMs: AGAIN_MS });
  const [kept, setKept] = useState<{ readonly query: string; readonly order: readonly string[] }>();
  const { data } = read;
  const order = kept?.query === query ? kept.order : undefined;
  const held = useMemo(() => hold(order, data ?? []), [order, data]);
  useEffect(() => {
    if (data === undefined) return;
    setKept((before) => {
      const { shown } = hold(before?.query === query ? before.order : undefined, data);
      return { query, order: shown.map(({ id }) => id) };
    });
  }, [query, data]);
  const letIn = (): void => {
    setKept({ query, order: (data ?? []).map(({ id }) => id) });
  };
  return { ...held, read, letIn };
}
