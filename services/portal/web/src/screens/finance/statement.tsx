import { useTranslation } from 'react-i18next';

import { FinancePage } from './finance-page';
import { usePathName } from './place';
import { StatementSheet } from './statement-sheet';

/** One statement of the book. */
export function StatementScreen() {
  const { t } = useTranslation('finance');
  const [book, kind, number] = [usePathName('book'), usePathName('kind'), usePathName('number')];
  return (
    <FinancePage
      title={t('statements.one', { number })}
      section="statements"
      crumbs={[
        { label: t('statements.title'), to: '/finance/$book/statements', params: { book } },
        { label: t('statements.one', { number }) },
      ]}
    >
      {(place) => <StatementSheet book={place.book} kind={kind} number={number} leadsToEntries />}
    </FinancePage>
  );
}
