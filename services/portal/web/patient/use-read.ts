import { useCallback, useEffect, useState } from 'react';
import { call, Refusal } from './server';
import { usePage } from './page-context';

export interface Reading<T> {
  readonly data: T | undefined;
  readonly refusal: Refusal | undefined;
  readonly again: () => void;
}

/** Away for a moment: asked again by itself. */
const AGAIN_MS = 4_000;

/** Reads what stands under a path, again when the language changes; what was read stays until there is newer. */
export function useRead<T>(path: string | undefined): Reading<T> {
  const { language, leave } = usePage();
  const [data, setData] = useState<T>();
  const [refusal, setRefusal] = useState<Refusal>();
  const [turn, setTurn] = useState(0);
  const again = useCallback(() => {
    setTurn((one) => one + 1);
  }, []);
  useEffect(() => {
    let isWanted = true;
    let timer: number | undefined;
    if (path === undefined) return;
    call<T>(path).then(
      (answer) => {
        if (!isWanted) return;
        setData(answer);
        setRefusal(undefined);
      },
      (error: unknown) => {
        if (!isWanted) return;
        const one = error instanceof Refusal ? error : new Refusal(0, 'UNKNOWN', String(error));
        if (one.status === 401) leave();
        setRefusal(one);
        if (one.status === 0 || one.status >= 500) timer = window.setTimeout(again, AGAIN_MS);
      },
    );
    return () => {
      isWanted = false;
      window.clearTimeout(timer);
    };
  }, [path, language, turn, again, leave]);
  return { data, refusal, again };
}
