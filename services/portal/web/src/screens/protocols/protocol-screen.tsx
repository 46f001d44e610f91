import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { type Page as Items, useCommand, useRead } from '../../api/queries';
import { dayText } from '../../formats';
import { useHasRole, usePlace } from '../../shell/session-context';
import {
  Anchor,
  Button,
  Failure,
  Grid,
  Group,
  Loaded,
  Notice,
  Page,
  Panel,
  SegmentedControl,
  Stack,
  Text,
  tell,
} from '../../ui';
import { AffectedPanel } from './affected';
import { ProtocolDrawing } from './protocol-drawing';
import { usePathIds } from '../screen-route';
import type { ProtocolRead, ProtocolVersion } from './protocol-types';
import { VersionStatus } from './protocols';
import { StepPanel } from './step-panel';
import { StepsTable } from './steps-table';

type Look = 'drawing' | 'table';

/** One version of a protocol: drawn or as a table, each step with its rule and its source, and whom it would change. */
export function ProtocolScreen() {
  const { protocol = '', version = '' } = usePathIds();
  const read = useRead<ProtocolRead>(`/api/pathways/protocols/${protocol}/versions/${version}`);
  const { t } = useTranslation('protocols');
  const shown = <Loaded read={read}>{(found) => <Shown found={found} />}</Loaded>;
  // Until the protocol is there, and where it cannot be read, the screen has a heading all the same.
  return read.data === undefined ? <Page title={t('title')}>{shown}</Page> : shown;
}

function Shown({ found }: { readonly found: ProtocolRead }) {
  const { t, i18n } = useTranslation('protocols');
  const place = usePlace();
  const language = i18n.language === 'en' ? 'en' : 'fr';
  const [look, setLook] = useState<Look>('drawing');
  const [chosen, setChosen] = useState<string>();
  const step = found.document.steps.find(({ id }) => id === chosen);
  return (
    <Page
      title={found.title}
      lead={
        <Group gap="sm">
          <span>{t('versionOf', { version: found.version })}</span>
          <VersionStatus status={found.status} />
          <span>{t('reviewBy', { day: dayText(found.reviewBy, place.now, place) })}</span>
        </Group>
      }
      actions={<Actions found={found} />}
    >
      <Notice color="yellow" styles={{ message: { color: 'var(--ariane-ink)' } }}>
        {found.notice}
      </Notice>
      <Grid>
        <Grid.Col span={{ base: 12, lg: step === undefined ? 12 : 8 }}>
          <Panel
            title={t('steps', { count: found.document.steps.length })}
            actions={
              <SegmentedControl
                size="xs"
                aria-label={t('look.label')}
                data={[
                  { value: 'drawing', label: t('look.drawing') },
                  { value: 'table', label: t('look.table') },
                ]}
                value={look}
                onChange={(value) => {
                  setLook(value);
                }}
              />
            }
          >
            {look === 'drawing' ? (
              <ProtocolDrawing document={found.document} language={language} chosen={chosen} onChoose={setChosen} />
            ) : (
              <StepsTable document={found.document} language={language} chosen={chosen} onChoose={setChosen} />
            )}
          </Panel>
        </Grid.Col>
        {step === undefined ? null : (
          <Grid.Col span={{ base: 12, lg: 4 }}>
            <StepPanel
              step={step}
              document={found.document}
              language={language}
              onClose={() => {
                setChosen(undefined);
              }}
            />
          </Grid.Col>
        )}
      </Grid>
      <OtherVersions found={found} />
      <AffectedPanel protocol={found.id} version={found.version} />
    </Page>
  );
}

/** A published version takes patients once a second person has activated it. */
function Actions({ found }: { readonly found: ProtocolRead }) {
  const { t } = useTranslation('protocols');
  const mayActivate = useHasRole('protocol-editor', 'territory-administrator');
  const activate = useCommand({
    path: `/api/pathways/protocols/${found.id}/versions/${String(found.version)}/activate`,
    changes: ['/api/pathways/protocols'],
    onDone: () => {
      tell(t('activate.done'));
    },
  });
  if (!mayActivate || found.status.toLowerCase() !== 'published') return null;
  return (
    <Stack gap={4} align="flex-end">
      <Button
        loading={activate.isPending}
        onClick={() => {
          activate.mutate();
        }}
      >
        {t('activate.do')}
      </Button>
      <Text size="xs" c="dimmed">
        {t('activate.second')}
      </Text>
      {activate.error === null ? null : <Failure error={activate.error} />}
    </Stack>
  );
}

function OtherVersions({ found }: { readonly found: ProtocolRead }) {
  const { t } = useTranslation('protocols');
  const read = useRead<Items<ProtocolVersion>>('/api/pathways/protocols');
  const others = (read.data?.items ?? []).filter(({ id, version }) => id === found.id && version !== found.version);
  if (others.length === 0) return null;
  return (
    <Panel title={t('others')}>
      <Group>
        {others.map(({ version }) => (
          <Anchor
            key={version}
            component={Link}
            to={`/protocols/${found.id}/${String(found.version)}/against/${String(version)}`}
          >
            {t('against', { version })}
          </Anchor>
        ))}
      </Group>
    </Panel>
  );
}
