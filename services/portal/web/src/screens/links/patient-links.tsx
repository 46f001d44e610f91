import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useCommand, useRead } from '../../api/queries';
import { dayText } from '../../formats';
import { CommandDialog } from '../../shell/command-dialog';
import { IdentityBanner } from '../../shell/names';
import { usePlace } from '../../shell/session-context';
import { Button, Empty, Group, Loaded, Page, Panel, Stack, StatusMark, tell, Text, Title } from '../../ui';
import { usePathIds } from '../screen-route';
import { NewLink } from './new-link';
import type { Link } from './link-types';

/** Who may read one patient's page by a link, and from which devices: made, sent again and ended here. */
export function PatientLinks() {
  const { t } = useTranslation('links');
  const { patientId = '' } = usePathIds();
  const path = `/api/patient-links?patientId=${patientId}`;
  const read = useRead<{ readonly items: readonly Link[] }>(path);
  return (
    <Page title={t('title')} lead={t('lead')}>
      <IdentityBanner patientId={patientId} />
      <Loaded read={read}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={t('none')}>{t('noneText')}</Empty>
          ) : (
            <Stack component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
              {items.map((link) => (
                <li key={link.id}>
                  <LinkPanel link={link} />
                </li>
              ))}
            </Stack>
          )
        }
      </Loaded>
      <NewLink patientId={patientId} />
    </Page>
  );
}

const changes = ['/api/patient-links'];

function LinkPanel({ link }: { readonly link: Link }) {
  const { t } = useTranslation('links');
  const place = usePlace();
  const [isEnding, setIsEnding] = useState(false);
  const send = useCommand({
    path: `/api/patient-links/${link.id}/send`,
    changes,
    onDone: () => {
      tell(t('sent', { to: link.to }));
    },
  });
  const { holder, status, channel, to, endsAt } = link;
  const isOpen = status === 'open';
  return (
    <Panel>
      <Group justify="space-between">
        <Title order={2} size="h5">
          {'name' in holder ? `${t(`holder.${holder.kind}`)}: ${holder.name}` : t(`holder.${holder.kind}`)}
        </Title>
        <StatusMark tone={isOpen ? 'done' : 'info'}>{t(`status.${status}`)}</StatusMark>
      </Group>
      <Text size="sm">
        {t(`channel.${channel}`)} {to} · {t('until', { day: dayText(endsAt, place.now, place) })}
      </Text>
      <Devices link={link} />
      {isOpen ? (
        <Group mt="sm" gap="xs">
          <Button
            variant="default"
            loading={send.isPending}
            onClick={() => {
              send.mutate();
            }}
          >
            {t('send')}
          </Button>
          <Button
            variant="default"
            onClick={() => {
              setIsEnding(true);
            }}
          >
            {t('end')}
          </Button>
        </Group>
      ) : null}
      <CommandDialog
        path={`/api/patient-links/${link.id}/revoke`}
        changes={changes}
        done={t('ended')}
        isOpen={isEnding}
        title={t('endTitle')}
        confirmLabel={t('end')}
        isDangerous
        onClose={() => {
          setIsEnding(false);
        }}
      >
        {t('endText')}
      </CommandDialog>
    </Panel>
  );
}

function Devices({ link: { id, devices } }: { readonly link: Link }) {
  const { t } = useTranslation('links');
  const place = usePlace();
  const revoke = useCommand<{ readonly deviceId: string }>({
    path: ({ deviceId }) => `/api/patient-links/${id}/devices/${deviceId}/revoke`,
    body: () => ({}),
    changes,
    onDone: () => {
      tell(t('forgotten'));
    },
  });
  const known = devices.filter(({ status }) => status === 'known');
  if (known.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {t('noDevice')}
      </Text>
    );
  return (
    <Stack component="ul" gap={4} mt="xs" p={0} style={{ listStyle: 'none' }}>
      {known.map(({ deviceId, since }) => {
        const device = t('device', { day: dayText(since, place.now, place) });
        return (
          <Group component="li" key={deviceId} gap="xs">
            <Text size="sm">{device}</Text>
            <Button
              size="compact-sm"
              variant="default"
              aria-label={`${t('forget')}: ${device}`}
              onClick={() => {
                revoke.mutate({ deviceId });
              }}
            >
              {t('forget')}
            </Button>
          </Group>
        );
      })}
    </Stack>
  );
}
