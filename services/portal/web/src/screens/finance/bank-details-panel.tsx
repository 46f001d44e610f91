import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useCommand, useRead } from '../../api/queries';
import { Actor } from '../../shell/names';
import { useHasRole, useSession } from '../../shell/session-context';
import {
  Button,
  DataTable,
  Empty,
  Failure,
  Group,
  Loaded,
  Modal,
  Panel,
  Stack,
  StatusMark,
  Text,
  TextInput,
  tell,
} from '../../ui';
import { Party } from './party';
import { type FinancePlace, sharedWork } from './place';
import type { BankAccount } from './types';

/** Whose bank details are known; a change is paid to only once another person has confirmed it. */
export function BankDetailsPanel({ place }: { readonly place: FinancePlace }) {
  const { t } = useTranslation('finance');
  const mayPropose = useHasRole('finance', 'finance-approver');
  const [isOpen, setOpen] = useState(false);
  const read = useRead<{ readonly items: readonly BankAccount[] }>(`${place.path}/bank-details`, sharedWork);
  const propose = (
    <Button
      size="compact-sm"
      variant="light"
      onClick={() => {
        setOpen(true);
      }}
    >
      {t('bank.propose')}
    </Button>
  );
  return (
    <Panel title={t('bank.title')} actions={mayPropose ? propose : undefined}>
      <Loaded read={read}>
        {({ items }) => (
          <DataTable
            caption={t('bank.title')}
            rows={items}
            idOf={({ party }) => party}
            empty={<Empty title={t('bank.none')}>{t('bank.noneText')}</Empty>}
            columns={[
              {
                id: 'party',
                header: t('payments.payee'),
                cell: ({ party }) => <Party id={party} />,
                sortBy: ({ party }) => party,
              },
              {
                id: 'current',
                header: t('bank.current'),
                cell: ({ currentEnd }) =>
                  currentEnd === null ? t('bank.unknown') : t('bank.end', { end: currentEnd }),
              },
              {
                id: 'proposed',
                header: t('bank.proposed'),
                cell: (account) => <Proposed account={account} place={place} />,
              },
            ]}
          />
        )}
      </Loaded>
      <Modal
        opened={isOpen}
        onClose={() => {
          setOpen(false);
        }}
        title={t('bank.propose')}
        closeButtonProps={{ 'aria-label': t('shut') }}
        centered
      >
        <ProposeForm
          place={place}
          onDone={() => {
            setOpen(false);
          }}
        />
      </Modal>
    </Panel>
  );
}

function Proposed({ account, place }: { readonly account: BankAccount; readonly place: FinancePlace }) {
  const { t } = useTranslation('finance');
  const { person } = useSession();
  const isApprover = useHasRole('finance-approver');
  const confirm = useCommand({
    path: `${place.path}/bank-details/${encodeURIComponent(account.party)}/confirmations`,
    changes: ['/api/capitation/books'],
    onDone: () => {
      tell(t('bank.confirmed'));
    },
  });
  const { proposedEnd, proposedBy } = account;
  if (proposedEnd === null || proposedBy === null) return <StatusMark tone="done">{t('bank.settled')}</StatusMark>;
  const isOwn = proposedBy === person.subject;
  return (
    <Stack gap={4}>
      <Text size="sm">
        {t('bank.end', { end: proposedEnd })} · <Actor subject={proposedBy} />
      </Text>
      {isApprover && !isOwn ? (
        <Group>
          <Button
            size="compact-sm"
            loading={confirm.isPending}
            onClick={() => {
              confirm.mutate();
            }}
          >
            {t('bank.confirm')}
          </Button>
        </Group>
      ) : (
        <Text size="xs" c="dimmed">
          {t(isOwn ? 'bank.whyOwn' : 'bank.whyRole')}
        </Text>
      )}
      {confirm.error === null ? null : <Failure error={confirm.error} />}
    </Stack>
  );
}

interface Details {
  readonly party: string;
  readonly iban: string;
  readonly name: string;
}

function ProposeForm({ place, onDone }: { readonly place: FinancePlace; readonly onDone: () => void }) {
  const { t } = useTranslation('finance');
  const [details, setDetails] = useState<Details>({ party: '', iban: '', name: '' });
  const propose = useCommand<Details>({
    path: ({ party }) => `${place.path}/bank-details/${encodeURIComponent(party.trim())}`,
    method: 'PUT',
    body: ({ iban, name }) => ({ iban: iban.replaceAll(/\s/g, ''), name: name.trim() }),
    changes: ['/api/capitation/books'],
    onDone: () => {
      tell(t('bank.proposedNow'));
      onDone();
    },
  });
  const field = (name: keyof Details, hint?: string) => (
    <TextInput
      label={t(`bank.field.${name}`)}
      description={hint}
      required
      autoComplete="off"
      value={details[name]}
      error={propose.error?.fields[name]}
      onChange={(event) => {
        const { value } = event.currentTarget;
        setDetails((before) => ({ ...before, [name]: value }));
      }}
    />
  );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        propose.mutate(details);
      }}
    >
      <Stack>
        {field('party', t('bank.partyHint'))}
        {field('iban')}
        {field('name')}
        {propose.error === null ? null : <Failure error={propose.error} />}
        <Group justify="flex-end">
          <Button type="submit" loading={propose.isPending}>
            {t('bank.propose')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
