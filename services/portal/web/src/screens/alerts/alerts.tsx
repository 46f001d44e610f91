import { useTranslation } from 'react-i18next';

import { Page } from '../../ui';

export function Alerts() {
  const { t } = useTranslation('alerts');
  return <Page title={t('title')}>{null}</Page>;
}
