import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useCommand } from '../../api/queries';
import { Button, Failure, FileInput, Group, List, Page, Panel, Stack, Text, Textarea, tell } from '../../ui';

interface Published {
  readonly id: string;
  readonly version: number;
}

/** Publishes a version: its faults are told with their lines, and what was typed stays. */
export function Publish() {
  const { t } = useTranslation('protocols');
  const navigate = useNavigate();
  const [text, setText] = useState('');
  const publish = useCommand<{ text: string }, Published>({
    path: '/api/pathways/protocols',
    body: (input) => input,
    changes: ['/api/pathways/protocols'],
  });
  const send = (): void => {
    publish.mutate(
      { text },
      {
        onSuccess: ({ id, version }) => {
          tell(t('publish.done'));
          void navigate({ to: `/protocols/${id}/${String(version)}` });
        },
      },
    );
  };
  const faults = publish.error?.body.errors ?? [];
  return (
    <Page title={t('publish.open')} lead={t('publish.lead')}>
      <Panel title={t('publish.document')}>
        <Stack>
          <FileInput
            label={t('publish.file')}
            placeholder={t('publish.choose')}
            accept=".json,.yaml,.yml"
            clearable
            onChange={(chosen) => {
              void chosen?.text().then(setText);
            }}
          />
          <Textarea
            label={t('publish.text')}
            minRows={12}
            maxRows={28}
            autosize
            value={text}
            error={faults.length > 0 ? t('publish.faults', { count: faults.length }) : undefined}
            onChange={(event) => {
              setText(event.currentTarget.value);
            }}
            styles={{ input: { fontFamily: 'ui-monospace, monospace', fontSize: 13 } }}
          />
          {publish.error === null ? null : <Failure error={publish.error} />}
          {faults.length === 0 ? null : (
            <List size="sm">
              {faults.map(({ field, message }) => (
                <List.Item key={`${field} ${message}`}>{message}</List.Item>
              ))}
            </List>
          )}
          <Group justify="space-between">
            <Text size="sm" c="dimmed">
              {t('publish.never')}
            </Text>
            <Button onClick={send} loading={publish.isPending} disabled={text.trim() === ''}>
              {t('publish.do')}
            </Button>
          </Group>
        </Stack>
      </Panel>
    </Page>
  );
}
