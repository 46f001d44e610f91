import { useTranslation } from 'react-i18next';

import { Page } from '../../ui';

export function MyDay() {
  const { t } = useTranslation('myDay');
  return <Page title={t('title')}>{null}</Page>;
}
