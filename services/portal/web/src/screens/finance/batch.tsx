import { useTranslation } from 'react-i18next';

import { useRead } from '../../api/queries';
import { dayText } from '../../formats';
import { Actor } from '../../shell/names';
import { useHasRole, usePlace } from '../../shell/session-context';
import { DataTable, Facts, Loaded, Panel, Stack, StatusMark, Text } from '../../ui';
import { sizeOf } from './amounts';
import { ApprovalActs } from './approval-acts';
import { Download } from './download';
import { FinancePage } from './finance-page';
import { Money } from './money';
import { Party } from './party';
import { type FinancePlace, sharedWork, usePathName } from './place';
import { BatchMark } from './state-mark';
import type { Batch } from './types';

/** One payment batch: whom it pays, who approved it, its file for the bank. */
export function BatchScreen() {
  const { t } = useTranslation('finance');
  const [book, batch] = [usePathName('book'), usePathName('batch')];
  return (
    <FinancePage
      title={t('payments.one')}
      section="payments"
      crumbs={[
        { label: t('payments.title'), to: '/finance/$book/payments', params: { book } },
        { label: t('payments.one') },
      ]}
    >
      {(place) => <Content place={place} id={batch} />}
    </FinancePage>
  );
}

function Content({ place, id }: { readonly place: FinancePlace; readonly id: string }) {
  const { t } = useTranslation('finance');
  const here = usePlace();
  const path = `${place.path}/payment-batches/${encodeURIComponent(id)}`;
  const read = useRead<Batch>(path, sharedWork);
  return (
    <Loaded read={read}>
      {(batch) => (
        <Stack gap="md">
          <Panel title={t('payments.one')} actions={<BatchMark state={batch.state} />}>
            <Stack gap="sm">
              <Facts
                rows={[
                  [t('payments.total'), <Money key="total" of={batch.total} isStrong />],
                  [t('payments.execution'), dayText(batch.executionDate, here.now, here)],
                  [t('payments.preparedBy'), <Actor key="by" subject={batch.preparedBy} />],
                  ...batch.approvals.map(
                    ({ by, at }, index) =>
                      [
                        t('payments.approval', { number: index + 1 }),
                        <span key={by}>
                          <Actor subject={by} /> · {dayText(at, here.now, here)}
                        </span>,
                      ] as const,
                  ),
                ]}
              />
              <Acts batch={batch} path={path} readAtMs={read.dataUpdatedAt} onReadAgain={() => void read.refetch()} />
            </Stack>
          </Panel>
          <Panel title={t('payments.items')}>
            <DataTable
              caption={t('payments.items')}
              rows={batch.items}
              idOf={({ endToEndId }) => endToEndId}
              columns={[
                { id: 'party', header: t('payments.payee'), cell: ({ party }) => <Party id={party} /> },
                {
                  id: 'reference',
                  header: t('payments.reference'),
                  cell: ({ endToEndId }) => (
                    <Text span size="xs">
                      {endToEndId}
                    </Text>
                  ),
                },
                {
                  id: 'state',
                  header: t('dispute.state'),
                  cell: ({ state }) => (
                    <StatusMark tone={state === 'PAID' ? 'done' : state === 'RETURNED' ? 'urgent' : 'waiting'}>
                      {t(`payment.${state}`)}
                    </StatusMark>
                  ),
                },
                {
                  id: 'amount',
                  header: t('column.amount'),
                  isNumber: true,
                  cell: ({ amount }) => <Money of={amount} />,
                  sortBy: ({ amount }) => sizeOf(amount),
                },
              ]}
            />
          </Panel>
        </Stack>
      )}
    </Loaded>
  );
}

interface ActsProps {
  readonly batch: Batch;
  readonly path: string;
  readonly readAtMs: number;
  readonly onReadAgain: () => void;
}

function Acts({ batch, path, readAtMs, onReadAgain }: ActsProps) {
  const { t } = useTranslation('finance');
  const isApprover = useHasRole('finance-approver');
  if (batch.state === 'WITHDRAWN') return null;
  if (batch.state === 'APPROVED')
    return isApprover ? (
      <Download path={`${path}/pain`} name="pain.001.xml" label={t('payments.pain')} isPrimary />
    ) : (
      <Text size="sm">{t('payments.painRole')}</Text>
    );
  return (
    <Stack gap="xs">
      <ApprovalActs
        prepared={batch}
        readAtMs={readAtMs}
        onReadAgain={onReadAgain}
        approve={{
          path: `${path}/approvals`,
          label: t('payments.approve'),
          confirmLabel: t('payments.approveNow'),
          text: (
            <>
              {t('payments.approveText')} <Money of={batch.total} isStrong />
            </>
          ),
          done: t('payments.approved'),
        }}
        takeBack={{
          path: `${path}/withdrawals`,
          label: t('payments.withdraw'),
          confirmLabel: t('payments.withdrawNow'),
          text: t('payments.withdrawText'),
          done: t('payments.withdrawn'),
        }}
      />
    </Stack>
  );
}
