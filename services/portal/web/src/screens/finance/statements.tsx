import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';

import { useCommand, usePages, withQuery } from '../../api/queries';
import { useRowKeys } from '../../shell/list-keys';
import { useHasRole } from '../../shell/session-context';
import { Button, Failure, Group, Loaded, Panel, SegmentedControl, Stack, tell } from '../../ui';
import { FinancePage } from './finance-page';
import { type FinancePlace, useFilters } from './place';
import { StatementTable } from './statement-table';
import { type Statement, type StatementKind, statementKinds } from './types';

/** A month's statements of one kind: numbered, superseded and never edited. */
export function Statements() {
  const { t } = useTranslation('finance');
  return (
    <FinancePage title={t('statements.title')} section="statements" hasMonth>
      {(place) => <Content place={place} />}
    </FinancePage>
  );
}

function Content({ place }: { readonly place: FinancePlace }) {
  const { t } = useTranslation('finance');
  const [filters, change] = useFilters();
  const navigate = useNavigate();
  const kind = statementKinds.find((one) => one === filters['of']) ?? 'PROFESSIONAL';
  const read = usePages<Statement>(withQuery(`${place.path}/statements`, { month: place.month, kind }));
  useRowKeys();
  return (
    <Panel
      title={t(`statementKind.${kind}`)}
      actions={
        <SegmentedControl
          size="xs"
          aria-label={t('statements.kind')}
          data={statementKinds.map((value) => ({ value, label: t(`statementKind.${value}`) }))}
          value={kind}
          onChange={(value) => {
            change({ of: value });
          }}
        />
      }
    >
      <Stack gap="md">
        <Issue place={place} kind={kind} />
        <Loaded read={read}>
          {(items) => (
            <StatementTable
              items={items}
              onOpen={({ number }) =>
                void navigate({
                  to: '/finance/$book/statements/$kind/$number',
                  params: { book: place.book, kind, number: String(number) },
                  search: { month: place.month },
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

function Issue({ place, kind }: { readonly place: FinancePlace; readonly kind: StatementKind }) {
  const { t } = useTranslation('finance');
  const mayIssue = useHasRole('finance', 'finance-approver');
  const issue = useCommand<StatementKind, { readonly issued: number }>({
    path: `${place.path}/periods/${place.month}/statements`,
    body: (input) => ({ kind: input }),
    changes: ['/api/capitation/books'],
  });
  if (!mayIssue) return null;
  return (
    <Group>
      <Button
        variant="light"
        loading={issue.isPending}
        onClick={() => {
          issue.mutate(kind, {
            onSuccess: ({ issued }) => {
              tell(t('statements.issued', { count: issued }));
            },
          });
        }}
      >
        {t('statements.issue')}
      </Button>
      {issue.error === null ? null : <Failure error={issue.error} />}
    </Group>
  );
}
