import { useTranslation } from 'react-i18next';

import { Page } from '../../ui';

export function Protocols() {
  const { t } = useTranslation('protocols');
  return <Page title={t('title')}>{null}</Page>;
}
