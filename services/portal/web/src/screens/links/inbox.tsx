import { useTranslation } from 'react-i18next';

import { useRead } from '../../api/queries';
import { instantText } from '../../formats';
import { usePlace } from '../../shell/session-context';
import { Anchor, Empty, Group, Loaded, Page, Panel, Stack, StatusMark, Text, Title } from '../../ui';

interface InboxMessage {
  readonly id: string;
  readonly purpose: 'link' | 'code' | 'appointment';
  readonly channel: 'email' | 'sms';
  readonly address: string;
  readonly subject: string;
  readonly text: string;
  readonly url?: string;
  readonly code?: string;
  readonly at: string;
}

/** A code is waited for. */
const LOOK_MS = 3_000;

/** What a demo would have sent, newest first: links can be opened and codes read. */
export function Inbox() {
  const { t } = useTranslation('links');
  const read = useRead<{ readonly items: readonly InboxMessage[] }>('/api/inbox', { everyMs: LOOK_MS });
  return (
    <Page title={t('inbox.title')} lead={t('inbox.lead')}>
      <Loaded read={read}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={t('inbox.none')}>{t('inbox.noneText')}</Empty>
          ) : (
            <Stack component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
              {items.map((one) => (
                <li key={one.id}>
                  <InboxPanel message={one} />
                </li>
              ))}
            </Stack>
          )
        }
      </Loaded>
    </Page>
  );
}

function InboxPanel({ message }: { readonly message: InboxMessage }) {
  const { t } = useTranslation('links');
  const place = usePlace();
  const { purpose, channel, address, subject, text, url, code, at } = message;
  return (
    <Panel>
      <Group justify="space-between">
        <Title order={2} size="h5">
          {subject}
        </Title>
        <Group gap="xs">
          <StatusMark tone="calm">{t(`inbox.purpose.${purpose}`)}</StatusMark>
          <Text size="sm" c="dimmed">
            {instantText(at, place.now, place)}
          </Text>
        </Group>
      </Group>
      <Text size="sm" c="dimmed">
        {t('inbox.from')} · {t(`channel.${channel}`)} {address}
      </Text>
      <Text mt="xs">{text}</Text>
      {code === undefined ? null : (
        <Text size="xl" fw={650} className="numbers" mt="xs">
          {code}
        </Text>
      )}
      {url === undefined ? null : (
        <Anchor href={url} target="_blank" rel="noreferrer" mt="xs" display="inline-block">
          {t('inbox.open')}
        </Anchor>
      )}
    </Panel>
  );
}
