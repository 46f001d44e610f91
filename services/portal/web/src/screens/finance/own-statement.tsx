import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';

import { Anchor, Page } from '../../ui';
import { usePathName } from './place';
import { StatementSheet } from './statement-sheet';

/** One of a professional's own statements. */
export function OwnStatement() {
  const { t } = useTranslation('finance');
  const [book, kind, number] = [usePathName('book'), usePathName('kind'), usePathName('number')];
  return (
    <Page
      title={t('statements.one', { number })}
      lead={
        <Anchor component={Link} to="/finance/mine" size="sm">
          {t('mine.title')}
        </Anchor>
      }
    >
      <StatementSheet book={book} kind={kind} number={number} leadsToEntries={false} />
    </Page>
  );
}
