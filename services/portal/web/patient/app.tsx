import { useCallback, useEffect, useMemo, useState } from 'react';
import { Frame } from './frame';
import { Home } from './home';
import { LinkPage } from './link-page';
import { PageContext } from './page-context';
import { answerIn, call, entry, Refusal } from './server';
import { SharedPlan } from './shared-plan';
import { Waiting } from './parts';
import { type Language, wordsIn } from './words';

const LANGUAGE = 'ariane-language';

const isLanguage = (text: string | null): text is Language => text === 'fr' || text === 'en';

function firstLanguage(): Language {
  const kept = localStorage.getItem(LANGUAGE);
  if (isLanguage(kept)) return kept;
  return navigator.language.startsWith('fr') ? 'fr' : 'en';
}

/** What stands after the # when one comes by a link: the territory and the secret. */
const tokenHere = (): string | undefined => /^#([a-z0-9-]+\.[\w-]{43})$/.exec(window.location.hash)?.[1];

/** Whether this browser may go in: by this link before, or without one by its session. */
async function isKnown(token: string | undefined): Promise<boolean> {
  if (token !== undefined) {
    const answer = await call<{ isKnown: boolean }>('/auth/links/known', { method: 'POST', body: { token } });
    return answer.isKnown;
  }
  await call(entry === 'patient' ? '/api/patient/me' : '/api/shared/plan');
  return true;
}

type Door = 'asking' | 'closed' | 'open';

/** The page of whoever has a link and no account: the link's code first, then what it opens. */
export function App() {
  const [language, setLanguage] = useState(firstLanguage);
  const [door, setDoor] = useState<Door>('asking');
  const [token, setToken] = useState(tokenHere);
  answerIn(language);
  useEffect(() => {
    document.documentElement.lang = language;
    localStorage.setItem(LANGUAGE, language);
  }, [language]);
  useEffect(() => {
    // A link that is opened where the page stands already changes the address alone.
    const arrived = (): void => {
      const given = tokenHere();
      if (given === undefined) return;
      setToken(given);
      setDoor('asking');
    };
    window.addEventListener('hashchange', arrived);
    return () => {
      window.removeEventListener('hashchange', arrived);
    };
  }, []);
  useEffect(() => {
    let timer: number | undefined;
    const knock = (): void => {
      isKnown(token).then(
        (isIn) => {
          // Who is known already needs no code: the secret leaves the address.
          if (isIn && tokenHere() !== undefined) history.replaceState(null, '', '#today');
          setDoor(isIn ? 'open' : 'closed');
        },
        (error: unknown) => {
          const isAway = error instanceof Refusal && (error.status === 0 || error.status >= 500);
          if (isAway) timer = window.setTimeout(knock, 4_000);
          else setDoor('closed');
        },
      );
    };
    if (door === 'asking') knock();
    return () => {
      window.clearTimeout(timer);
    };
  }, [door, token]);
  const leave = useCallback(() => {
    setDoor('closed');
  }, []);
  const state = useMemo(() => ({ language, words: wordsIn(language), setLanguage, leave }), [language, leave]);
  return (
    <PageContext value={state}>
      <Frame>
        {door === 'asking' ? <Waiting /> : null}
        {door === 'closed' ? (
          <LinkPage
            token={token}
            onOpen={() => {
              history.replaceState(null, '', '#today');
              setToken(undefined);
              setDoor('open');
            }}
          />
        ) : null}
        {door === 'open' ? entry === 'patient' ? <Home /> : <SharedPlan /> : null}
      </Frame>
    </PageContext>
  );
}
