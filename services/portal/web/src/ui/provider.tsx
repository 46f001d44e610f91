import '@fontsource-variable/inter/index.css';
import '@mantine/core/styles.layer.css';
import '@mantine/dates/styles.layer.css';
import '@mantine/notifications/styles.layer.css';
import '@mantine/spotlight/styles.layer.css';
import 'dayjs/locale/fr';
import './global.css';

import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import { DatesProvider } from '@mantine/dates';
import { Notifications } from '@mantine/notifications';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { cssVariables, theme } from './theme';

const schemes = localStorageColorSchemeManager({ key: 'ariane.scheme' });

export interface UiProviderProps {
  readonly language: string;
  readonly children: ReactNode;
}

/** Theme, dates and notices of the whole page. */
export function UiProvider({ language, children }: UiProviderProps) {
  const { t } = useTranslation();
  const notices = t('notices');
  const closing = { defaultProps: { closeButtonProps: { 'aria-label': t('close') } } };
  return (
    <MantineProvider
      theme={{ ...theme, components: { ...theme.components, Notification: closing } }}
      cssVariablesResolver={cssVariables}
      defaultColorScheme="auto"
      colorSchemeManager={schemes}
    >
      <DatesProvider settings={{ locale: language, firstDayOfWeek: 1 }}>
        {children}
        <section aria-label={notices}>
          <Notifications position="bottom-right" limit={4} withinPortal={false} />
        </section>
      </DatesProvider>
    </MantineProvider>
  );
}
