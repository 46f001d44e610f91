import { IconMessageExclamation } from '@tabler/icons-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useCommand } from '../../api/queries';
import { Button, Failure, Group, Modal, Radio, Stack, Textarea, tell } from '../../ui';
import { Party } from './party';
import type { Leg } from './types';

const PAYABLE = 'liabilities:payable:';

interface Contested {
  readonly id: string;
  readonly legs: readonly Pick<Leg, 'account'>[];
}

interface Contest {
  readonly id: string;
  readonly entryId: string;
  readonly party: string;
  readonly reason: string;
}

/** Opens a dispute on an entry that somebody is owed by. */
export function ContestButton({ entry }: { readonly entry: Contested }) {
  const { t } = useTranslation('finance');
  const [isOpen, setOpen] = useState(false);
  const parties = [
    ...new Set(
      entry.legs
        .filter(({ account }) => account.startsWith(PAYABLE))
        .map(({ account }) => account.slice(PAYABLE.length)),
    ),
  ];
  if (parties.length === 0) return null;
  const close = (): void => {
    setOpen(false);
  };
  return (
    <>
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<IconMessageExclamation size={16} aria-hidden />}
        onClick={() => {
          setOpen(true);
        }}
      >
        {t('dispute.contest')}
      </Button>
      <Modal
        opened={isOpen}
        onClose={close}
        title={t('dispute.contest')}
        closeButtonProps={{ 'aria-label': t('shut') }}
        centered
      >
        <ContestForm entryId={entry.id} parties={parties} onDone={close} />
      </Modal>
    </>
  );
}

interface ContestFormProps {
  readonly entryId: string;
  readonly parties: readonly string[];
  readonly onDone: () => void;
}

function ContestForm({ entryId, parties, onDone }: ContestFormProps) {
  const { t } = useTranslation('finance');
  const id = useId();
  const [party, setParty] = useState(parties[0] ?? '');
  const [reason, setReason] = useState('');
  const [disputeId] = useState(() => crypto.randomUUID());
  const contest = useCommand<Contest>({
    path: '/api/capitation/disputes',
    body: (input) => input,
    changes: ['/api/capitation/disputes', '/api/capitation/books'],
    onDone: () => {
      tell(t('dispute.opened'));
      onDone();
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        contest.mutate({ id: disputeId, entryId, party, reason: reason.trim() });
      }}
    >
      <Stack>
        {parties.length < 2 ? null : (
          <Radio.Group label={t('dispute.party')} value={party} onChange={setParty} name={id}>
            <Stack gap={6} mt={6}>
              {parties.map((one) => (
                <Radio key={one} value={one} label={<Party id={one} />} />
              ))}
            </Stack>
          </Radio.Group>
        )}
        <Textarea
          label={t('dispute.reason')}
          description={t('dispute.reasonHint')}
          required
          autosize
          minRows={3}
          minLength={3}
          maxLength={2000}
          value={reason}
          error={contest.error?.fields['reason']}
          onChange={(event) => {
            setReason(event.currentTarget.value);
          }}
        />
        {contest.error === null ? null : <Failure error={contest.error} />}
        <Group justify="flex-end">
          <Button type="submit" loading={contest.isPending} disabled={reason.trim().length < 3}>
            {t('dispute.open')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
