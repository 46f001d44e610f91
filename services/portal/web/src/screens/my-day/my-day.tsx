import { memo, useCallback, useDeferredValue, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { type WorkCounters, type WorkItem } from '../../api/care';
import { usePages, useRead } from '../../api/queries';
import { useFocusInList, useListKeys } from '../../shell/list-keys';
import { useShortcuts } from '../../shell/shortcuts';
import { useView } from '../../shell/view';
import { Button, Empty, Later, Page, Stack, Tabbed, Text } from '../../ui';
import { ArrivedBar } from '../care/arrived-bar';
import { neighbourOf } from '../care/held';
import { useHeldList } from '../care/use-held-list';
import { AlertBudget } from './alert-budget';
import { BulkBar } from './bulk-bar';
import { DayNote } from './day-note';
import { SavedViews } from './saved-views';
import { WorkFilters } from './work-filters';
import { WorkLists } from './work-lists';
import { asQueue, countOf, filterNames, type Filters, type Queue, queues, workQuery } from './work-queue';

const PAGE = 100;
/** What no event tells of: that a deadline comes nearer. One that passes is a fact, which the stream tells. */
const AGAIN_MS = 180_000;

const QUEUE = ['queue'] as const;

/** One's own work unless another's, or everybody's, is asked for. */
const ownerOf = (asked: string | undefined): string | undefined => (asked === 'all' ? undefined : (asked ?? 'me'));

/** The coordinator's home: who waits, on whom, since when, and the decision beside it. */
export function MyDay() {
  const { t } = useTranslation('myDay');
  // Only what is shown here: to go through the list draws nothing above it again.
  const [chosen, change]: readonly [Filters, ReturnType<typeof useView>[1]] = useView(filterNames);
  const [view] = useView(QUEUE);
  const [isNoting, setNoting] = useState(false);
  const filters = { ...chosen, owner: ownerOf(chosen.owner) };
  const queue = asQueue(view['queue']);
  // The tab answers first, what depends on it follows.
  const later = useDeferredValue(queue);
  const saved = useMemo(() => ({ ...chosen, queue: later }), [chosen, later]);
  const counters = useRead<WorkCounters>(`/api/pathways/worklist/counters?${workQuery(filters, undefined)}`, {
    everyMs: AGAIN_MS,
  });
  const show = (shown: Queue): void => {
    change({ queue: shown, item: undefined, reason: undefined });
  };
  useQueueKeys(queue, show);
  const open = useCallback(
    (search: Filters) => {
      change({ ...Object.fromEntries(filterNames.map((name) => [name, undefined])), ...search });
    },
    [change],
  );
  return (
    <Page
      title={t('title')}
      lead={<AlertBudget />}
      actions={
        <>
          <SavedViews search={saved} onOpen={open} />
          <Button
            size="xs"
            variant="default"
            onClick={() => {
              setNoting(true);
            }}
          >
            {t('note.open')}
          </Button>
        </>
      }
    >
      <Tabbed
        label={t('title')}
        tabs={queues}
        labelOf={(one) => (
          <>
            {t(`queue.${one}`)}{' '}
            <Text span size="sm" fw={700} className="numbers">
              {counters.data === undefined ? '' : countOf(counters.data, one)}
            </Text>
          </>
        )}
        shown={queue}
        onShow={show}
      >
        <Stack gap="sm">
          <WorkFilters filters={chosen} queue={later} onChange={change} />
          <Work query={workQuery(filters, queue)} />
        </Stack>
      </Tabbed>
      {isNoting ? (
        <DayNote
          onClose={() => {
            setNoting(false);
          }}
        />
      ) : null}
    </Page>
  );
}

/** `l` shows the queue to the right and `h` the one to the left, as everywhere where j and k go down and up. */
function useQueueKeys(queue: Queue, show: (queue: Queue) => void): void {
  const { t } = useTranslation('myDay');
  const step = (by: 1 | -1) => () => {
    show(queues.at((queues.indexOf(queue) + by) % queues.length) ?? queue);
  };
  useShortcuts([
    { keys: 'l', label: t('queueKeys.next'), run: step(1) },
    { keys: 'h', label: t('queueKeys.former'), run: step(-1) },
  ]);
}

/** One queue: the list held still, what waits to be let in, what is marked, and the chosen item. */
const Work = memo(function Work({ query }: { readonly query: string }) {
  const { t } = useTranslation('myDay');
  const [view, change] = useView();
  const read = usePages<WorkItem>(`/api/pathways/worklist?${query}&limit=${String(PAGE)}`, { everyMs: AGAIN_MS });
  const list = useHeldList(query, read.data);
  const { shown } = list;
  const [marked, setMarked] = useState<ReadonlySet<string>>(new Set());
  const selected = shown.find(({ id }) => id === view['item']) ?? shown[0];
  // The rows and the panel are drawn again only when something of theirs is another.
  const select = useCallback(
    (id: string | undefined): void => {
      change({ item: id });
    },
    [change],
  );
  const ids = useMemo(() => shown.map(({ id }) => id), [shown]);
  useListKeys(ids, selected?.id, select);
  const keepFocus = useFocusInList(selected?.id);
  const mark = useCallback(({ id }: WorkItem): void => {
    setMarked((now) => new Set(now.has(id) ? [...now].filter((one) => one !== id) : [...now, id]));
  }, []);
  const chosen = useMemo(() => shown.filter(({ id }) => marked.has(id)), [shown, marked]);
  const clear = useCallback(() => {
    setMarked(new Set());
  }, []);
  const selectedId = selected?.id;
  const goOn = useCallback((): void => {
    if (selectedId !== undefined) select(neighbourOf(shown, selectedId));
    keepFocus();
  }, [shown, selectedId, select, keepFocus]);
  useShortcuts(
    selected === undefined
      ? []
      : [
          {
            keys: 'x',
            label: t('markKey'),
            run: () => {
              mark(selected);
            },
          },
        ],
  );
  return (
    <Stack gap="xs">
      <ArrivedBar count={list.arrived.length} onLetIn={list.letIn} />
      <BulkBar items={chosen} onClear={clear} />
      <Later key={query}>
        <WorkLists
          read={read}
          shown={shown}
          selected={selected}
          isOpen={view['item'] !== undefined}
          marked={marked}
          onSelect={select}
          onMark={mark}
          onDone={goOn}
          empty={<Empty title={t('empty.title')}>{t('empty.text')}</Empty>}
        />
      </Later>
    </Stack>
  );
});
