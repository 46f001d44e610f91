import { useEffect, useMemo, useState } from 'react';

import { hold, type Held } from './held';

export interface HeldList<Row> extends Held<Row> {
  /** Lets in what waits; the list is then in the order in which it was read. */
  readonly letIn: () => void;
}

/**
 * What was read, held still while one works in it.
 *
 * @param about what the list is of: another one begins anew
 * @param fresh what was read last; undefined while it is read for the first time
 */
export function useHeldList<Row extends { readonly id: string }>(
  about: string,
  fresh: readonly Row[] | undefined,
): HeldList<Row> {
  const [kept, setKept] = useState<{ readonly about: string; readonly order: readonly string[] }>();
  const held = useMemo(() => hold(kept?.about === about ? kept.order : undefined, fresh ?? []), [kept, about, fresh]);
  useEffect(() => {
    if (fresh === undefined) return;
    setKept((before) => {
      const { shown } = hold(before?.about === about ? before.order : undefined, fresh);
      const order = shown.map(({ id }) => id);
      const isSame = before?.about === about && before.order.join() === order.join();
      return isSame ? before : { about, order };
    });
  }, [about, fresh]);
  const letIn = (): void => {
    setKept({ about, order: (fresh ?? []).map(({ id }) => id) });
  };
  return { ...held, letIn };
}
