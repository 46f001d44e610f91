import { useTranslation } from 'react-i18next';

import { Page } from '../../ui';

export function Opinions() {
  const { t } = useTranslation('opinions');
  return <Page title={t('title')}>{null}</Page>;
}
