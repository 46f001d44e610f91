import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';

import { useRead } from '../../api/queries';
import { instantText, monthText } from '../../formats';
import { useHasRole, usePlace } from '../../shell/session-context';
import { Anchor, Facts, Grid, Group, Loaded, Panel, Stack, StatusMark } from '../../ui';
import { ContestButton } from './contest-button';
import { EntryEvents } from './entry-events';
import { EntryLegs } from './entry-legs';
import { ExplanationPanel } from './explanation-tree';
import { FinancePage } from './finance-page';
import { going, shortOf, usePathName } from './place';
import { ProofPanel } from './proof-panel';
import { Revisions } from './revisions';
import type { EntryWithEvents } from './types';
import { useWord } from './words';

/** One entry: what it moved, why, on which events it rests, and that nobody has touched it. */
export function EntryScreen() {
  const { t } = useTranslation('finance');
  const id = usePathName('entry');
  const read = useRead<EntryWithEvents>(`/api/capitation/entries/${encodeURIComponent(id)}`);
  return (
    <FinancePage
      title={read.data === undefined ? t('entry.title') : t('entry.titleOf', { number: read.data.seq })}
      section="detail"
      book={read.data === undefined ? undefined : shortOf(read.data.book)}
      crumbs={[
        {
          ...{ label: t('detail.title'), to: '/finance/$book/detail' },
          ...{ params: { book: shortOf(read.data?.book ?? '') }, search: { month: read.data?.period } },
        },
        { label: t('entry.title') },
      ]}
    >
      {({ book }) => (
        <Loaded read={read}>
          {(entry) => (
            <Grid gap="md">
              <Grid.Col span={{ base: 12, lg: 5 }}>
                <Stack gap="md">
                  <About entry={entry} book={book} />
                  <EntryLegs entry={entry} />
                  <ProofPanel entryId={entry.id} />
                </Stack>
              </Grid.Col>
              <Grid.Col span={{ base: 12, lg: 7 }}>
                <Stack gap="md">
                  <ExplanationPanel entryId={entry.id} />
                  <EntryEvents events={entry.events} />
                  {entry.line === null || entry.line.rev < 2 ? null : <Revisions lineKey={entry.line.key} />}
                </Stack>
              </Grid.Col>
            </Grid>
          )}
        </Loaded>
      )}
    </FinancePage>
  );
}

function About({ entry, book }: { readonly entry: EntryWithEvents; readonly book: string }) {
  const { t } = useTranslation('finance');
  const place = usePlace();
  const word = useWord();
  const mayContest = useHasRole('finance', 'finance-approver');
  const { contract, line, prior } = entry;
  return (
    <Panel
      title={word('reason', entry.code)}
      actions={
        prior ? <StatusMark tone="late">{t('priorOf', { month: entry.effectivePeriod })}</StatusMark> : undefined
      }
    >
      <Stack gap="sm">
        <Facts
          rows={[
            [t('entry.effective'), instantText(entry.effectiveAt, place.now, place)],
            [t('entry.recorded'), instantText(entry.recordedAt, place.now, place)],
            [
              t('entry.booked'),
              <Anchor
                key="month"
                component={Link}
                {...going('/finance/$book/detail', { book }, { month: entry.period })}
                size="sm"
              >
                {monthText(entry.period, place.language)}
              </Anchor>,
            ],
            contract === null
              ? undefined
              : [
                  t('entry.contract'),
                  <Anchor
                    key="contract"
                    component={Link}
                    {...going('/finance/contracts/$contract/$version', {
                      contract: contract.id,
                      version: String(contract.version),
                    })}
                    size="sm"
                  >
                    {t('contract.version', { contract: contract.id, version: contract.version })}
                  </Anchor>,
                ],
            line === null ? undefined : [t('entry.revision'), String(line.rev)],
            [t('entry.status'), t(entry.status === 'PENDING' ? 'entry.pending' : 'entry.posted')],
          ]}
        />
        {mayContest ? (
          <Group>
            <ContestButton entry={entry} />
          </Group>
        ) : null}
      </Stack>
    </Panel>
  );
}
