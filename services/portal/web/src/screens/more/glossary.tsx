import { useTranslation } from 'react-i18next';

import { Page } from '../../ui';

export function Glossary() {
  const { t } = useTranslation('more');
  return <Page title={t('title')}>{null}</Page>;
}
