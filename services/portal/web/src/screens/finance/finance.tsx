import { useTranslation } from 'react-i18next';

import { Page } from '../../ui';

export function Finance() {
  const { t } = useTranslation('finance');
  return <Page title={t('title')}>{null}</Page>;
}
