import { type ReactNode, useEffect, useRef } from 'react';
import { usePage } from './page-context';
import type { Refusal } from './server';
import type { Reading } from './use-read';

/** Something is being read. */
export function Waiting() {
  const { words } = usePage();
  return (
    <div role="status" aria-busy="true" className="waiting">
      <span>{words.loading}</span>
    </div>
  );
}

/** What went wrong, in words, and the way to try again. */
export function Refused({ refusal, again }: { readonly refusal: Refusal; readonly again?: () => void }) {
  const { words } = usePage();
  const isAway = refusal.status === 0 || refusal.status >= 500;
  return (
    <div role="alert" className="note bad">
      <p>{isAway ? words.away : refusal.message}</p>
      {again === undefined ? null : (
        <button type="button" onClick={again}>
          {words.retry}
        </button>
      )}
    </div>
  );
}

/** What was read, or that it is being read, or why it could not be. */
export function Read<T>({
  reading,
  children,
}: {
  readonly reading: Reading<T>;
  readonly children: (data: T) => ReactNode;
}) {
  const { data, refusal, again } = reading;
  const refused = refusal === undefined ? null : <Refused refusal={refusal} again={again} />;
  if (data === undefined) return refused ?? <Waiting />;
  return (
    <>
      {refused}
      {children(data)}
    </>
  );
}

/** The title of a screen: it takes the focus when one comes there, so that it is read out. */
export function Title({ children }: { readonly children: string }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${children} – Ariane`;
  }, [children]);
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
    window.scrollTo(0, 0);
  }, []);
  return (
    <h1 ref={heading} tabIndex={-1}>
      {children}
    </h1>
  );
}
