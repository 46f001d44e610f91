import { useEffect, useState } from 'react';
import { call } from './server';

type Names = Readonly<Record<string, string>>;

/** Names of professionals, by a body so that no address holds a list of ids. Without an answer there are none. */
export function useNames(ids: readonly string[]): Names {
  const [names, setNames] = useState<Names>({});
  const asked = [...new Set(ids)].sort().join(' ');
  useEffect(() => {
    if (asked === '') return;
    const body = { patients: [], practitioners: asked.split(' '), organisations: [] };
    call<{ practitioners: Readonly<Record<string, { name: string }>> }>('/api/names', { method: 'POST', body }).then(
      ({ practitioners }) => {
        setNames(Object.fromEntries(Object.entries(practitioners).map(([id, { name }]) => [id, name])));
      },
      // The screen reads as well without.
      () => undefined,
    );
  }, [asked]);
  return names;
}
