import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';

import { usePages, useRead, withQuery } from '../../api/queries';
import type { Money as Amount } from '../../formats';
import { useRowKeys } from '../../shell/list-keys';
import { DataTable, Empty, Group, Loaded, Page, Panel, Stack, Text } from '../../ui';
import { Money } from './money';
import { bookPath, shortOf } from './place';
import { DisputeMark } from './state-mark';
import { StatementTable } from './statement-table';
import type { Dispute, Statement } from './types';

interface OwnBook {
  readonly book: string;
  readonly party: string;
  readonly owed: Amount;
}

/** A professional's own: what they are owed, their statements, what they contested. Nobody else's. */
export function Mine() {
  const { t } = useTranslation('finance');
  const read = useRead<{ readonly items: readonly OwnBook[] }>('/api/capitation/own-books');
  useRowKeys();
  return (
    <Page title={t('mine.title')} lead={t('mine.lead')}>
      <Loaded read={read}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={t('mine.none')}>{t('mine.noneText')}</Empty>
          ) : (
            <Stack gap="md">
              {items.map((own) => (
                <OwnBookPanel key={own.book} own={own} />
              ))}
              <OwnDisputes />
            </Stack>
          )
        }
      </Loaded>
    </Page>
  );
}

function OwnBookPanel({ own }: { readonly own: OwnBook }) {
  const { t } = useTranslation('finance');
  const navigate = useNavigate();
  const book = shortOf(own.book);
  const read = usePages<Statement>(
    withQuery(`${bookPath(book)}/statements`, { party: own.party, kind: 'PROFESSIONAL' }),
  );
  return (
    <Panel title={t('book', { book })}>
      <Stack gap="sm">
        <Group gap="xs" align="baseline">
          <Text c="dimmed" size="sm">
            {t('mine.owed')}
          </Text>
          <Text fz={26} fw={680}>
            <Money of={own.owed} />
          </Text>
        </Group>
        <Loaded read={read}>
          {(items) => (
            <StatementTable
              items={items}
              onOpen={({ kind, number }) =>
                void navigate({
                  to: '/finance/mine/$book/$kind/$number',
                  params: { book, kind, number: String(number) },
                })
              }
              onMore={read.hasNextPage ? () => void read.fetchNextPage() : undefined}
              isLoadingMore={read.isFetchingNextPage}
            />
          )}
        </Loaded>
      </Stack>
    </Panel>
  );
}

function OwnDisputes() {
  const { t } = useTranslation('finance');
  const read = useRead<{ readonly items: readonly Dispute[] }>('/api/capitation/disputes');
  return (
    <Panel title={t('dispute.own')}>
      <Loaded read={read}>
        {({ items }) => (
          <DataTable
            caption={t('dispute.own')}
            rows={items}
            idOf={({ id }) => id}
            empty={<Empty title={t('dispute.none')} />}
            columns={[
              { id: 'state', header: t('dispute.state'), cell: ({ state }) => <DisputeMark state={state} /> },
              { id: 'month', header: t('column.month'), cell: ({ period }) => period },
              { id: 'reason', header: t('dispute.reason'), cell: ({ reason }) => reason },
              { id: 'answer', header: t('dispute.answer'), cell: ({ answer }) => answer ?? '' },
            ]}
          />
        )}
      </Loaded>
    </Panel>
  );
}
