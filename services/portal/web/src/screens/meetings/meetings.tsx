import { useTranslation } from 'react-i18next';

import { Page } from '../../ui';

export function Meetings() {
  const { t } = useTranslation('meetings');
  return <Page title={t('title')}>{null}</Page>;
}
