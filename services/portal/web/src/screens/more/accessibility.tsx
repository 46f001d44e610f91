import { useTranslation } from 'react-i18next';

import { List, Page, Panel } from '../../ui';

const said = ['what', 'keyboard', 'reflow', 'limits'] as const;

/** The statement that the law asks for: what is aimed at, how it is checked, what is not. */
export function Accessibility() {
  const { t } = useTranslation('more');
  return (
    <Page title={t('accessibility.title')} lead={t('accessibility.lead')}>
      <Panel>
        <List spacing="sm">
          {said.map((id) => (
            <List.Item key={id}>{t(`accessibility.${id}`)}</List.Item>
          ))}
        </List>
      </Panel>
    </Page>
  );
}
