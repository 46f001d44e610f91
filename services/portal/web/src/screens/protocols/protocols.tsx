import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';

import { type Page as Items, useRead } from '../../api/queries';
import { dayText } from '../../formats';
import { useHasRole, usePlace } from '../../shell/session-context';
import { Anchor, Button, type Column, DataTable, Empty, Loaded, Page, StatusMark } from '../../ui';
import type { ProtocolVersion } from './protocol-types';

/** Every version of every protocol, the newest of each first. */
export function Protocols() {
  const { t } = useTranslation('protocols');
  const read = useRead<Items<ProtocolVersion>>('/api/pathways/protocols');
  const mayPublish = useHasRole('protocol-editor', 'territory-administrator');
  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      actions={
        mayPublish ? (
          <Button component={Link} to="/protocols/publish">
            {t('publish.open')}
          </Button>
        ) : null
      }
    >
      <Loaded read={read}>{({ items }) => <VersionsTable items={items} />}</Loaded>
    </Page>
  );
}

function VersionsTable({ items }: { readonly items: readonly ProtocolVersion[] }) {
  const { t } = useTranslation('protocols');
  const place = usePlace();
  const columns: readonly Column<ProtocolVersion>[] = [
    {
      id: 'title',
      header: t('column.title'),
      sortBy: ({ title }) => title,
      cell: ({ id, version, title }) => (
        <Anchor component={Link} to={`/protocols/${id}/${String(version)}`} fw={600}>
          {title}
        </Anchor>
      ),
    },
    { id: 'version', header: t('column.version'), isNumber: true, cell: ({ version }) => version },
    { id: 'status', header: t('column.status'), cell: ({ status }) => <VersionStatus status={status} /> },
    {
      id: 'reviewBy',
      header: t('column.reviewBy'),
      sortBy: ({ reviewBy }) => reviewBy,
      cell: ({ reviewBy }) => dayText(reviewBy, place.now, place),
    },
    { id: 'roles', header: t('column.roles'), isNumber: true, cell: ({ roles }) => Object.keys(roles).length },
  ];
  return (
    <DataTable
      caption={t('title')}
      columns={columns}
      rows={items}
      idOf={({ id, version }) => `${id} ${String(version)}`}
      empty={<Empty title={t('none')} />}
    />
  );
}

const tones: Readonly<Record<string, 'done' | 'waiting' | 'info'>> = { active: 'done', published: 'waiting' };

/** Whether a version takes patients, waits for its second person, or has been followed by another. */
export function VersionStatus({ status }: { readonly status: string }) {
  const { t } = useTranslation('protocols');
  const known = status.toLowerCase();
  const text = known === 'active' || known === 'published' || known === 'retired' ? t(`status.${known}`) : status;
  return <StatusMark tone={tones[known] ?? 'info'}>{text}</StatusMark>;
}
