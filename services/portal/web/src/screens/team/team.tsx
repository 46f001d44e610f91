import { useTranslation } from 'react-i18next';

import { Page } from '../../ui';

export function Team() {
  const { t } = useTranslation('team');
  return <Page title={t('title')}>{null}</Page>;
}
