import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useCommand } from '../../api/queries';
import type { Money as Amount } from '../../formats';
import { useHasRole } from '../../shell/session-context';
import { Button, DataTable, Empty, Failure, FileInput, Group, Panel, Stack, StatusMark } from '../../ui';
import { Money } from './money';
import type { FinancePlace } from './place';

interface Movement {
  readonly ref: string;
  readonly outcome: 'PAID' | 'RETURNED' | 'UNMATCHED' | 'DIFFERS';
  readonly endToEndId: string | null;
  readonly amount: Amount;
}

/** Reads a statement of the bank: what it settled, and what it could not match, movement by movement. */
export function BankStatementPanel({ place }: { readonly place: FinancePlace }) {
  const { t } = useTranslation('finance');
  const mayRead = useHasRole('finance', 'finance-approver');
  const [chosen, setChosen] = useState<File | null>(null);
  const hear = useCommand<string, { readonly items: readonly Movement[] }>({
    path: `${place.path}/bank-statements`,
    body: (xml) => xml,
    contentType: 'application/xml',
    changes: ['/api/capitation/books'],
  });
  if (!mayRead) return null;
  const send = async (): Promise<void> => {
    if (chosen !== null) hear.mutate(await chosen.text());
  };
  return (
    <Panel title={t('camt.title')}>
      <Stack gap="sm">
        <Group align="flex-end">
          <FileInput
            label={t('camt.file')}
            description={t('camt.hint')}
            accept=".xml,application/xml,text/xml"
            w={320}
            clearable
            clearButtonProps={{ 'aria-label': t('camt.clear') }}
            value={chosen}
            onChange={setChosen}
          />
          <Button variant="light" loading={hear.isPending} disabled={chosen === null} onClick={() => void send()}>
            {t('camt.read')}
          </Button>
        </Group>
        {hear.error === null ? null : <Failure error={hear.error} />}
        {hear.data === undefined ? null : (
          <DataTable
            caption={t('camt.result')}
            rows={hear.data.items}
            idOf={({ ref, endToEndId }) => `${ref} ${endToEndId ?? ''}`}
            empty={<Empty title={t('camt.empty')} />}
            columns={[
              {
                id: 'outcome',
                header: t('dispute.state'),
                cell: ({ outcome }) => (
                  <StatusMark tone={outcome === 'PAID' ? 'done' : outcome === 'RETURNED' ? 'late' : 'urgent'}>
                    {t(`camt.${outcome}`)}
                  </StatusMark>
                ),
              },
              { id: 'reference', header: t('payments.reference'), cell: ({ endToEndId, ref }) => endToEndId ?? ref },
              { id: 'amount', header: t('column.amount'), isNumber: true, cell: ({ amount }) => <Money of={amount} /> },
            ]}
          />
        )}
      </Stack>
    </Panel>
  );
}
