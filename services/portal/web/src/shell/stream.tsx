import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';

import { isConcerned } from './concerned';

export type StreamState = 'connecting' | 'live' | 'away';

/** What the portal tells: that something of a service has changed. Ids only; the page reads it again where it shows it. */
export interface ServerChange {
  readonly service: string;
  readonly type: string;
  readonly pathwayId?: string;
}

const STREAM = '/api/stream';
const CHANNEL = 'ariane.stream';
const LOCK = 'ariane.stream';
const AGAIN_MS = 2_000;
const AWAY_AFTER_MS = 4_000;
/** Changes that come together are read once. */
const GATHER_MS = 250;
/** One act brings about others within a second, and a team of twelve is told of each: time from one reading to the next. */
const PACE_MS = 1_500;

const State = createContext<StreamState>('connecting');
export const useStreamState = (): StreamState => useContext(State);

type Told =
  | { readonly kind: 'change'; readonly change: ServerChange }
  | { readonly kind: 'state'; readonly state: StreamState }
  | { readonly kind: 'all' };

/**
 * One stream a browser: the window that holds the lock has it and tells the others, because a browser keeps six
 * connections to a host and a stream would take one for good.
 */
export function StreamProvider({ children }: { readonly children: ReactNode }) {
  const client = useQueryClient();
  const [state, setState] = useState<StreamState>('connecting');
  useEffect(() => {
    const end = new AbortController();
    const channel = new BroadcastChannel(CHANNEL);
    const readAgain = gatherer(client);
    const hear = (told: Told): void => {
      if (told.kind === 'state') setState(told.state);
      else if (told.kind === 'all') void client.invalidateQueries();
      else readAgain(told.change);
    };
    channel.onmessage = (event: MessageEvent<Told>) => {
      hear(event.data);
    };
    const tell = (told: Told): void => {
      channel.postMessage(told);
      hear(told);
    };
    navigator.locks
      .request(LOCK, { signal: end.signal }, () => listen(tell, end.signal))
      // The window was closed while it waited for the lock.
      .catch(() => undefined);
    return () => {
      end.abort();
      channel.close();
    };
  }, [client]);
  return <State value={state}>{children}</State>;
}

/** Holds the stream until the window closes; what was missed while it was away is read again as a whole. */
function listen(tell: (told: Told) => void, end: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    let source: EventSource | undefined;
    let wasAway = false;
    let away: ReturnType<typeof setTimeout> | undefined;
    const open = (): void => {
      source = new EventSource(STREAM);
      source.addEventListener('ready', () => {
        clearTimeout(away);
        away = undefined;
        tell({ kind: 'state', state: 'live' });
        if (wasAway) tell({ kind: 'all' });
        wasAway = false;
      });
      source.addEventListener('reset', () => {
        tell({ kind: 'all' });
      });
      source.addEventListener('change', (event: MessageEvent<string>) => {
        tell({ kind: 'change', change: JSON.parse(event.data) as ServerChange }); // the portal's own
      });
      source.onerror = () => {
        // A stream ends with its token and is opened again at once: that is not to be away.
        away ??= setTimeout(() => {
          wasAway = true;
          tell({ kind: 'state', state: 'away' });
        }, AWAY_AFTER_MS);
        // The browser tries again by itself unless the answer was a refusal.
        if (source?.readyState === EventSource.CLOSED && !end.aborted) setTimeout(open, AGAIN_MS);
      };
    };
    open();
    end.addEventListener('abort', () => {
      source?.close();
      resolve();
    });
  });
}

/** Reads again, once for all that came within a moment and seldom in a rush, what may show something else now. */
function gatherer(client: QueryClient): (change: ServerChange) => void {
  let changes: ServerChange[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  let readAt = -Infinity;
  return (change) => {
    changes.push(change);
    timer ??= setTimeout(
      () => {
        const told = changes;
        changes = [];
        timer = undefined;
        readAt = performance.now();
        void client.invalidateQueries({
          predicate: ({ queryKey, state }) => told.some((one) => isConcerned(queryKey, one, state.data)),
        });
      },
      Math.max(GATHER_MS, readAt + PACE_MS - performance.now()),
    );
  };
}
