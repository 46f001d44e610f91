import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useCommand } from '../../api/queries';
import { PersonName } from '../../shell/names';
import { PersonSelect } from '../../shell/person-select';
import { Button, Failure, Group, Modal, Notice, Stack, Text } from '../../ui';
import { type Answer, type Count, countOf, NOTHING } from './reassigned';
import type { Leave } from './team-types';

interface Asked {
  readonly from: string;
  readonly to: string;
  readonly reason: 'leave';
  readonly cursor?: string;
}

/** Hands somebody's open tasks to a colleague, two hundred at a time until none is left. */
export function ReassignDialog({ leave, onClose }: { readonly leave: Leave; readonly onClose: () => void }) {
  const { t } = useTranslation('team');
  const [to, setTo] = useState<string | undefined>(leave.deputyId);
  const [count, setCount] = useState<Count | undefined>(undefined);
  const reassign = useCommand<Asked, Answer>({
    path: '/api/pathways/tasks/reassign',
    body: (asked) => asked,
    changes: ['/api/pathways'],
  });
  const run = async (receiver: string): Promise<void> => {
    let all: Count = NOTHING;
    let cursor: string | undefined;
    do {
      const asked: Asked = { from: leave.practitionerId, to: receiver, reason: 'leave' };
      const answer = await reassign.mutateAsync(cursor === undefined ? asked : { ...asked, cursor });
      all = countOf(all, answer);
      cursor = answer.next;
    } while (cursor !== undefined);
    setCount(all);
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('reassign.title')}
      centered
      closeButtonProps={{ 'aria-label': t('leave.close') }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          // A refusal is shown below; what was handed over before it stays.
          if (to !== undefined) run(to).catch(() => undefined);
        }}
      >
        <Stack>
          <Text size="sm" component="div">
            {t('reassign.text')} <PersonName id={leave.practitionerId} />
          </Text>
          <PersonSelect
            label={t('reassign.to')}
            value={to}
            isRequired
            without={[leave.practitionerId]}
            error={reassign.error?.fields['to']}
            onChange={setTo}
          />
          {reassign.error === null ? null : <Failure error={reassign.error} />}
          {count === undefined ? null : (
            <Notice
              color="lagoon"
              role="status"
              title={t('reassign.moved', { count: count.moved })}
              styles={{ title: { color: 'var(--ariane-ink)' } }}
            >
              {count.refused === 0 ? t('reassign.all') : t('reassign.refused', { count: count.refused })}
            </Notice>
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('leave.close')}
            </Button>
            <Button type="submit" loading={reassign.isPending} disabled={to === undefined}>
              {t('reassign.do')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
