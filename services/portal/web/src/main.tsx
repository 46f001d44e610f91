import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { I18nextProvider, useTranslation } from 'react-i18next';

import { noticeActs } from './api/client';
import { makeQueryClient } from './api/queries';
import { firstLanguage, startTexts } from './i18n';
import { makeRouter } from './router';
import { SessionProvider, tellRenewed } from './shell/session-context';
import { ShortcutProvider } from './shell/shortcuts';
import { StreamProvider } from './shell/stream';
import { UiProvider } from './ui';

/** Where a sign-in in a window of its own ends. */
const SIGNED_IN = '/signed-in';

function App() {
  const { i18n } = useTranslation();
  const [client] = useState(makeQueryClient);
  const [router] = useState(makeRouter);
  return (
    <UiProvider language={i18n.language}>
      <QueryClientProvider client={client}>
        <SessionProvider>
          <StreamProvider>
            <ShortcutProvider>
              <RouterProvider router={router} />
            </ShortcutProvider>
          </StreamProvider>
        </SessionProvider>
      </QueryClientProvider>
    </UiProvider>
  );
}

async function main(): Promise<void> {
  if (location.pathname === SIGNED_IN) {
    tellRenewed();
    window.close();
    // A browser that does not let a page close itself goes on to the first screen.
    location.replace('/');
    return;
  }
  noticeActs();
  const texts = await startTexts(firstLanguage());
  const root = document.getElementById('root');
  if (root === null) throw new Error('The page has no root.');
  createRoot(root).render(
    <StrictMode>
      <I18nextProvider i18n={texts}>
        <App />
      </I18nextProvider>
    </StrictMode>,
  );
}

void main();
