import { Navigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';

import { useRead } from '../../api/queries';
import { useHasRole } from '../../shell/session-context';
import { Empty, Loaded, Page } from '../../ui';
import { shortOf } from './place';
import type { Book } from './types';

/** Where finance begins: the book's latest month; for a professional, their own statements. */
export function Finance() {
  const seesBooks = useHasRole('finance', 'finance-approver', 'auditor');
  return seesBooks ? <Books /> : <Navigate to="/finance/mine" replace />;
}

function Books() {
  const { t } = useTranslation('finance');
  const books = useRead<{ readonly items: readonly Book[] }>('/api/capitation/books');
  return (
    <Page title={t('title')}>
      <Loaded read={books}>
        {({ items: [first] }) =>
          first === undefined ? (
            <Empty title={t('noBook.title')}>{t('noBook.text')}</Empty>
          ) : (
            <Navigate to="/finance/$book" params={{ book: shortOf(first.id) }} replace />
          )
        }
      </Loaded>
    </Page>
  );
}
