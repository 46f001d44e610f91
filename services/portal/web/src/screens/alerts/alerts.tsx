import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

import { type Alert, tiers } from '../../api/care';
import { usePages, withQuery } from '../../api/queries';
import { useFocusInList, useListKeys } from '../../shell/list-keys';
import { useHasRole, useSession } from '../../shell/session-context';
import { useView } from '../../shell/view';
import { Empty, Group, Loaded, Page, Select, Split, Stack, Tabbed } from '../../ui';
import { ArrivedBar } from '../care/arrived-bar';
import { useCareWords } from '../care/care-words';
import { neighbourOf } from '../care/held';
import { useHeldList } from '../care/use-held-list';
import { AlertPanel } from './alert-panel';
import { AlertList } from './alert-list';
import { byUrgency, qualityOf } from './alert-order';
import { Quality } from './quality';
import { Unanswered } from './unanswered';

const tabs = ['interrupting', 'held-back', 'closed', 'quality'] as const;
type Tab = (typeof tabs)[number];
const PAGE = 200;
/** Ladders climb by the clock, and nothing tells of a minute that passes. */
const AGAIN_MS = 60_000;

/** Alerts and their life: whose, how urgent, to whom each climbs next, and what was done. */
export function Alerts() {
  const { t } = useTranslation('alerts');
  const isKeeper = useHasRole('territory-administrator');
  return (
    <Page title={t('title')} lead={t('lead')}>
      {isKeeper ? <Unanswered /> : <MyAlerts />}
    </Page>
  );
}

function MyAlerts() {
  const { t } = useTranslation('alerts');
  const [view, change] = useView();
  const tab = tabs.find((one) => one === view['tab']) ?? 'interrupting';
  return (
    <Tabbed
      label={t('title')}
      tabs={tabs}
      labelOf={(one) => t(`tab.${one}`)}
      shown={tab}
      onShow={(shown) => {
        change({ tab: shown, alert: undefined });
      }}
    >
      <Owned tab={tab} />
    </Tabbed>
  );
}

function Owned({ tab }: { readonly tab: Tab }) {
  const { t } = useTranslation('alerts');
  const words = useCareWords();
  const { practitionerId: ownerId } = useSession();
  const [view, change] = useView();
  const { tier: wantedTier } = view;
  const isOpen = tab === 'interrupting' || tab === 'held-back';
  const read = usePages<Alert>(
    withQuery('/api/pathways/alerts', {
      ...{ ownerId, limit: PAGE },
      ...(isOpen ? { view: tab } : {}),
      ...(tab === 'closed' ? { status: 'closed' } : {}),
    }),
    { isEnabled: ownerId !== undefined, everyMs: AGAIN_MS },
  );
  const sorted = useMemo(() => {
    if (read.data === undefined) return undefined;
    const wanted = read.data.filter(
      ({ status, tier }) =>
        (!isOpen || status !== 'closed') && (wantedTier === undefined || String(tier) === wantedTier),
    );
    return [...wanted].sort(byUrgency);
  }, [read.data, isOpen, wantedTier]);
  const { shown: rows, arrived, letIn } = useHeldList(`${tab} ${wantedTier ?? ''}`, sorted);
  const selected = rows.find(({ id }) => id === view['alert']) ?? rows[0];
  const ids = useMemo(() => rows.map(({ id }) => id), [rows]);
  useListKeys(ids, selected?.id, (id) => {
    change({ alert: id });
  });
  const keepFocus = useFocusInList(selected?.id);
  if (ownerId === undefined) return <Empty title={t('nobody.title')}>{t('nobody.text')}</Empty>;
  if (tab === 'quality') return <Loaded read={read}>{(all) => <Quality rules={qualityOf(all)} />}</Loaded>;
  return (
    <Stack gap="sm">
      <Group role="group" aria-label={t('filters')}>
        <Select
          size="xs"
          aria-label={t('tier')}
          placeholder={t('tier')}
          clearable
          clearButtonProps={{ 'aria-label': t('clear') }}
          data={tiers.map((tier) => ({ value: String(tier), label: words.tier(tier) }))}
          value={wantedTier ?? null}
          onChange={(tier) => {
            change({ tier: tier ?? undefined });
          }}
        />
      </Group>
      <ArrivedBar count={arrived.length} onLetIn={letIn} />
      <Loaded read={read}>
        {() =>
          selected === undefined ? (
            <Empty title={t(`empty.${tab}`)}>{t('empty.text')}</Empty>
          ) : (
            <Split
              isDetailOpen={view['alert'] !== undefined}
              onBack={() => {
                change({ alert: undefined });
              }}
              list={
                <AlertList
                  alerts={rows}
                  selectedId={selected.id}
                  onSelect={(id) => {
                    change({ alert: id });
                  }}
                  onEnd={read.hasNextPage ? () => void read.fetchNextPage() : undefined}
                />
              }
              detail={
                <AlertPanel
                  key={selected.id}
                  alert={selected}
                  onDone={() => {
                    change({ alert: neighbourOf(rows, selected.id) });
                    keepFocus();
                  }}
                />
              }
            />
          )
        }
      </Loaded>
    </Stack>
  );
}
