import { useTranslation } from 'react-i18next';

import { type Language, languages, speak } from '../i18n';
import { Button, Group } from '../ui';

const names: Readonly<Record<Language, string>> = { fr: 'Français', en: 'English' };

export function LanguageSwitch() {
  const { i18n, t } = useTranslation('shell');
  return (
    <Group gap={2} role="group" aria-label={t('language')}>
      {languages.map((language) => (
        <Button
          key={language}
          lang={language}
          variant={i18n.language === language ? 'light' : 'subtle'}
          size="compact-sm"
          aria-pressed={i18n.language === language}
          aria-label={`${language.toUpperCase()}, ${names[language]}`}
          onClick={() => void speak(i18n, language)}
        >
          {language.toUpperCase()}
        </Button>
      ))}
    </Group>
  );
}
