import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useCommand, useRead } from '../../api/queries';
import { dayText } from '../../formats';
import { useRowKeys } from '../../shell/list-keys';
import { Actor } from '../../shell/names';
import { useHasRole, usePlace } from '../../shell/session-context';
import { Button, DataTable, DateInput, Empty, Failure, Group, Loaded, Panel, Stack, tell } from '../../ui';
import { sizeOf } from './amounts';
import { BankDetailsPanel } from './bank-details-panel';
import { BankStatementPanel } from './bank-statement-panel';
import { FinancePage } from './finance-page';
import { Money } from './money';
import { type FinancePlace, sharedWork } from './place';
import { BatchMark } from './state-mark';
import type { BatchHead } from './types';

/** Payments: batches made by one and approved by two others, bank details by two persons, the bank's files. */
export function Payments() {
  const { t } = useTranslation('finance');
  return (
    <FinancePage title={t('payments.title')} section="payments">
      {(place) => (
        <Stack gap="md">
          <Batches place={place} />
          <BankDetailsPanel place={place} />
          <BankStatementPanel place={place} />
        </Stack>
      )}
    </FinancePage>
  );
}

function Batches({ place }: { readonly place: FinancePlace }) {
  const { t } = useTranslation('finance');
  const here = usePlace();
  const navigate = useNavigate();
  const read = useRead<{ readonly items: readonly (BatchHead & { readonly payees: number })[] }>(
    `${place.path}/payment-batches`,
    sharedWork,
  );
  useRowKeys();
  const open = (id: string): void =>
    void navigate({ to: '/finance/$book/payments/$batch', params: { book: place.book, batch: id } });
  return (
    <Panel title={t('payments.batches')}>
      <Stack gap="md">
        <Make place={place} onMade={open} />
        <Loaded read={read}>
          {({ items }) => (
            <DataTable
              caption={t('payments.batches')}
              rows={items}
              idOf={({ id }) => id}
              onOpen={({ id }) => {
                open(id);
              }}
              empty={<Empty title={t('payments.none')}>{t('payments.noneText')}</Empty>}
              columns={[
                { id: 'state', header: t('dispute.state'), cell: ({ state }) => <BatchMark state={state} /> },
                {
                  id: 'day',
                  header: t('payments.execution'),
                  cell: ({ executionDate }) => dayText(executionDate, here.now, here),
                  sortBy: ({ executionDate }) => executionDate,
                },
                {
                  id: 'by',
                  header: t('payments.preparedBy'),
                  cell: ({ preparedBy }) => <Actor subject={preparedBy} />,
                },
                {
                  id: 'approvals',
                  header: t('payments.approvals'),
                  isNumber: true,
                  cell: ({ approvals }) => `${String(approvals.length)} / 2`,
                },
                {
                  id: 'payees',
                  header: t('payments.payees'),
                  isNumber: true,
                  cell: ({ payees }) => payees,
                  sortBy: ({ payees }) => payees,
                },
                {
                  id: 'total',
                  header: t('column.amount'),
                  isNumber: true,
                  cell: ({ total }) => <Money of={total} isStrong />,
                  sortBy: ({ total }) => sizeOf(total),
                },
              ]}
            />
          )}
        </Loaded>
      </Stack>
    </Panel>
  );
}

function Make({ place, onMade }: { readonly place: FinancePlace; readonly onMade: (id: string) => void }) {
  const { t } = useTranslation('finance');
  const { now } = usePlace();
  const mayMake = useHasRole('finance', 'finance-approver');
  const [day, setDay] = useState<string | null>(() =>
    new Date(Date.parse(now) + 86_400_000).toISOString().slice(0, 10),
  );
  const [id] = useState(() => crypto.randomUUID());
  const make = useCommand<{ readonly id: string; readonly executionDate: string }>({
    path: `${place.path}/payment-batches`,
    body: (input) => input,
    changes: ['/api/capitation/books'],
    onDone: (input) => {
      tell(t('payments.made'));
      onMade(input.id);
    },
  });
  if (!mayMake) return null;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (day !== null) make.mutate({ id, executionDate: day });
      }}
    >
      <Group align="flex-end">
        <DateInput
          label={t('payments.execution')}
          value={day}
          minDate={now.slice(0, 10)}
          valueFormat="DD/MM/YYYY"
          error={make.error?.fields['executionDate']}
          onChange={setDay}
        />
        <Button type="submit" loading={make.isPending} disabled={day === null}>
          {t('payments.make')}
        </Button>
      </Group>
      {make.error === null ? null : <Failure error={make.error} />}
    </form>
  );
}
