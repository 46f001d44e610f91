import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { whenSessionEnds } from '../api/client';
import { isProblem } from '../api/problem';
import { readSession, type Role, type Session, SESSION_PATH } from '../api/session';
import { keyOf } from '../api/queries';
import { Failure, Loading } from '../ui';
import type { Place } from '../formats';
import { SignedOut } from './signed-out';
import { SessionEndedDialog } from './session-ended-dialog';

const Current = createContext<Session | undefined>(undefined);
const RENEWED = 'ariane.session';
/** The territory's zone, until the portal tells it. */
const TIME_ZONE = 'Europe/Paris';

/** Who is signed in. Nobody: the sign-in page. Somebody whose session ends: what they were doing stays under a dialog. */
export function SessionProvider({ children }: { readonly children: ReactNode }) {
  const client = useQueryClient();
  const [hasEnded, setEnded] = useState(false);
  const read = useQuery({
    queryKey: keyOf(SESSION_PATH),
    queryFn: readSession,
    staleTime: 60_000,
    refetchInterval: 60_000,
    retry: (failures, error) => isProblem(error) && error.isPassing && failures < 10,
  });
  useEffect(() => {
    whenSessionEnds(() => {
      setEnded(true);
    });
    const channel = new BroadcastChannel(RENEWED);
    // Another window has signed in: what was refused here is read again.
    channel.onmessage = () => {
      setEnded(false);
      void client.invalidateQueries();
    };
    return () => {
      channel.close();
    };
  }, [client]);
  if (read.data === undefined) {
    if (isProblem(read.error) && read.error.status === 401) return <SignedOut />;
    return read.error === null ? <Loading /> : <Failure error={read.error} onRetry={() => void read.refetch()} />;
  }
  return (
    <Current value={read.data}>
      {children}
      <SessionEndedDialog isOpen={hasEnded} person={read.data.person.name} />
    </Current>
  );
}

/** Tells every window of this browser that somebody has signed in. */
export function tellRenewed(): void {
  const channel = new BroadcastChannel(RENEWED);
  channel.postMessage('renewed');
  channel.close();
}

export function useSession(): Session {
  const session = useContext(Current);
  if (session === undefined) throw new Error('Nobody is signed in.');
  return session;
}

/** Whether who is signed in has one of the roles. What may be done is the services' to say; this only hides what may not. */
export function useHasRole(...wanted: readonly Role[]): boolean {
  return useSession().roles.some((role) => wanted.includes(role));
}

/** Language and time zone in which dates are written, and the services' now. */
export function usePlace(): Place & { readonly now: string } {
  const { i18n } = useTranslation();
  const { now } = useSession();
  return useMemo(() => ({ language: i18n.language, timeZone: TIME_ZONE, now }), [i18n.language, now]);
}
