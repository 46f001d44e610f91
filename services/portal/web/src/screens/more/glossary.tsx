import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { Empty, Page, Panel, Text, TextInput } from '../../ui';
import { matches, terms } from './terms';

/** The words of care, of the law and of the screen. */
export function Glossary() {
  const { t, i18n } = useTranslation('more');
  const [wanted, setWanted] = useState('');
  const shown = terms
    .map((id) => ({ id, word: t(`glossary.term.${id}.word`), meaning: t(`glossary.term.${id}.meaning`) }))
    .filter(({ word, meaning }) => matches(`${word} ${meaning}`, wanted))
    .sort((one, other) => one.word.localeCompare(other.word, i18n.language));
  return (
    <Page title={t('glossary.title')} lead={t('glossary.lead')}>
      <TextInput
        type="search"
        label={t('glossary.find')}
        maw="24rem"
        value={wanted}
        onChange={(event) => {
          setWanted(event.currentTarget.value);
        }}
      />
      <Panel>
        {shown.length === 0 ? (
          <Empty title={t('glossary.none')} />
        ) : (
          <dl style={{ margin: 0 }}>
            {shown.map(({ id, word, meaning }) => (
              <div key={id} style={{ marginBottom: '0.9rem' }}>
                <Text component="dt" fw={650}>
                  {word}
                </Text>
                <Text component="dd" m={0} size="sm">
                  {meaning}
                </Text>
              </div>
            ))}
          </dl>
        )}
      </Panel>
    </Page>
  );
}
