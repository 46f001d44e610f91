import { useQueries } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { WorkItem } from '../../api/care';
import { namedQuery, type PatientNamed } from '../../api/names';
import { type Page, useRead } from '../../api/queries';
import { Button, Group, Modal, Stack, tell, Text, Textarea } from '../../ui';
import { useItemTitle, useTimes } from '../care/care-words';
import { handOverNote } from './work-queue';

const ITEMS_MAX = 200;

/** The note of the end of the day, drafted from what is still open: to be read again, changed and copied. */
export function DayNote({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation('myDay');
  const titleOf = useItemTitle();
  const times = useTimes();
  const read = useRead<Page<WorkItem>>(`/api/pathways/worklist?owner=me&limit=${String(ITEMS_MAX)}`);
  const items = read.data?.items ?? [];
  const patientIds = [...new Set(items.map(({ patientId }) => patientId))];
  const names = useQueries({ queries: patientIds.map((id) => namedQuery('patients', id)) });
  const isReady = read.data !== undefined && names.every(({ isPending }) => !isPending);
  const [typed, setTyped] = useState<string | undefined>();
  const nameOf = (id: string): string => {
    const named = names[patientIds.indexOf(id)]?.data as PatientNamed | null | undefined; // the answer for patients
    return named ? `${named.familyName.toLocaleUpperCase()} ${named.givenNames.join(' ')}` : t('note.masked');
  };
  // Drafted from what is open until somebody types: what is typed stays.
  const draft = handOverNote(items, {
    patient: nameOf,
    title: titleOf,
    due: ({ deadline }) => (deadline === undefined ? undefined : t('due', { when: times.day(deadline) })),
    queue: (queue) => t(`queue.${queue}`),
  });
  const text = typed ?? (isReady ? draft : t('note.reading'));
  return (
    <Modal opened size="lg" onClose={onClose} title={t('note.title')} closeButtonProps={{ 'aria-label': t('close') }}>
      <Stack>
        <Text size="sm" c="dimmed">
          {t('note.lead')}
        </Text>
        <Textarea
          label={t('note.text')}
          autosize
          minRows={8}
          maxRows={20}
          data-autofocus
          value={text}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
          }}
        />
        <Group justify="flex-end">
          <Button
            disabled={!isReady}
            onClick={() => {
              void navigator.clipboard.writeText(text).then(() => {
                tell(t('note.copied'));
              });
            }}
          >
            {t('note.copy')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
