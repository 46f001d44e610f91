import { useTranslation } from 'react-i18next';

import { Page } from '../../ui';

export function Agenda() {
  const { t } = useTranslation('agenda');
  return <Page title={t('title')}>{null}</Page>;
}
