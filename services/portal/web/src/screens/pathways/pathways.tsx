import { useTranslation } from 'react-i18next';

import { Page } from '../../ui';

export function Pathways() {
  const { t } = useTranslation('pathways');
  return <Page title={t('title')}>{null}</Page>;
}
