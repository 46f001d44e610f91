import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useCommand, useRead } from '../../api/queries';
import { dayText } from '../../formats';
import { useRowKeys } from '../../shell/list-keys';
import { useHasRole, usePlace } from '../../shell/session-context';
import { Button, DataTable, Empty, Failure, FileInput, Group, Loaded, Panel, Stack, Text, tell } from '../../ui';
import { FinancePage } from './finance-page';
import { ContractMark } from './state-mark';
import type { ContractHead } from './contract-types';

/** The payment contracts of the territory, version by version. */
export function Contracts() {
  const { t } = useTranslation('finance');
  return (
    <FinancePage title={t('contract.title')} section="contracts">
      {() => (
        <Stack gap="md">
          <List />
          <Draft />
        </Stack>
      )}
    </FinancePage>
  );
}

function List() {
  const { t } = useTranslation('finance');
  const place = usePlace();
  const navigate = useNavigate();
  const read = useRead<{ readonly items: readonly ContractHead[] }>('/api/capitation/payment-contracts');
  useRowKeys();
  const day = (at: string | null): string => (at === null ? '' : dayText(at, place.now, place));
  return (
    <Panel title={t('contract.list')}>
      <Loaded read={read}>
        {({ items }) => (
          <DataTable
            caption={t('contract.list')}
            rows={items}
            idOf={({ id, version }) => `${id} ${String(version)}`}
            onOpen={({ id, version }) =>
              void navigate({
                to: '/finance/contracts/$contract/$version',
                params: { contract: id, version: String(version) },
              })
            }
            empty={<Empty title={t('contract.none')}>{t('contract.noneText')}</Empty>}
            columns={[
              { id: 'id', header: t('contract.code'), cell: ({ id }) => <strong>{id}</strong>, sortBy: ({ id }) => id },
              {
                id: 'version',
                header: t('contract.versionShort'),
                isNumber: true,
                cell: ({ version }) => version,
                sortBy: ({ version }) => version,
              },
              {
                id: 'status',
                header: t('dispute.state'),
                cell: ({ status }) => <ContractMark status={status} />,
                sortBy: ({ status }) => status,
              },
              {
                id: 'from',
                header: t('contract.from'),
                cell: ({ validity }) => day(validity.from),
                sortBy: ({ validity }) => validity.from,
              },
              {
                id: 'to',
                header: t('contract.to'),
                cell: ({ validity, endsOn }) => day(endsOn ?? validity.to) || t('contract.open'),
                sortBy: ({ validity, endsOn }) => endsOn ?? validity.to ?? '9',
              },
            ]}
          />
        )}
      </Loaded>
    </Panel>
  );
}

/** Takes a contract in as a draft: nothing is paid by it until it was reviewed, tried and activated. */
function Draft() {
  const { t } = useTranslation('finance');
  const mayDraft = useHasRole('finance', 'finance-approver');
  const [chosen, setChosen] = useState<File | null>(null);
  const [isUnreadable, setUnreadable] = useState(false);
  const draft = useCommand<unknown>({
    path: '/api/capitation/payment-contracts',
    body: (input) => input,
    changes: ['/api/capitation/payment-contracts'],
    onDone: () => {
      setChosen(null);
      tell(t('contract.drafted'));
    },
  });
  if (!mayDraft) return null;
  const send = async (): Promise<void> => {
    const document = await parsed(chosen);
    setUnreadable(document === undefined);
    if (document !== undefined) draft.mutate(document);
  };
  return (
    <Panel title={t('contract.draft')}>
      <Stack gap="sm">
        <Text size="sm">{t('contract.draftText')}</Text>
        <Group align="flex-end">
          <FileInput
            label={t('contract.file')}
            accept="application/json,.json"
            w={320}
            clearable
            clearButtonProps={{ 'aria-label': t('camt.clear') }}
            value={chosen}
            error={isUnreadable ? t('contract.unreadable') : undefined}
            onChange={setChosen}
          />
          <Button variant="light" loading={draft.isPending} disabled={chosen === null} onClick={() => void send()}>
            {t('contract.send')}
          </Button>
        </Group>
        {draft.error === null ? null : <Failure error={draft.error} />}
      </Stack>
    </Panel>
  );
}

/** A file as the JSON it holds; undefined for one that holds none. */
async function parsed(chosen: File | null): Promise<unknown> {
  try {
    return JSON.parse((await chosen?.text()) ?? '') as unknown;
  } catch {
    return undefined;
  }
}
