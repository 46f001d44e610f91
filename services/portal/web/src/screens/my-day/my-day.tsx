import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { type WorkCounters, type WorkItem } from '../../api/care';
import { useRead } from '../../api/queries';
import { useListKeys } from '../../shell/list-keys';
import { useShortcuts } from '../../shell/shortcuts';
import { useView } from '../../shell/view';
import { Button, Empty, Group, Page, Stack, Tabs, Text } from '../../ui';
import { AlertBudget } from './alert-budget';
import { BulkBar } from './bulk-bar';
import { DayNote } from './day-note';
import { SavedViews } from './saved-views';
import { useWorkList } from './use-work-list';
import { WorkFilters } from './work-filters';
import { WorkLists } from './work-lists';
import { asQueue, countOf, filterNames, type Filters, neighbourOf, queues, workQuery } from './work-queue';

/** The coordinator's home: who waits, on whom, since when, and the decision beside it. */
export function MyDay() {
  const { t } = useTranslation('myDay');
  const [view, change] = useView();
  const [isNoting, setNoting] = useState(false);
  const filters: Filters = Object.fromEntries(filterNames.map((name) => [name, view[name]]));
  const queue = asQueue(view['queue']);
  const counters = useRead<WorkCounters>(`/api/pathways/worklist/counters?${workQuery(filters, undefined)}`, {
    everyMs: 60_000,
  });
  return (
    <Page
      title={t('title')}
      lead={<AlertBudget />}
      actions={
        <>
          <SavedViews
            search={{ ...filters, queue }}
            onOpen={(search) => {
              change({ ...Object.fromEntries(filterNames.map((name) => [name, undefined])), ...search });
            }}
          />
          <Button
            size="compact-md"
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
      <Tabs
        value={queue}
        onChange={(next) => {
          change({ queue: next ?? undefined, item: undefined, reason: undefined });
        }}
      >
        <Tabs.List>
          {queues.map((one) => (
            <Tabs.Tab key={one} value={one}>
              {t(`queue.${one}`)}{' '}
              <Text span size="sm" fw={700} className="numbers">
                {counters.data === undefined ? '' : countOf(counters.data, one)}
              </Text>
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={queue} pt="sm">
          <Stack gap="sm">
            <WorkFilters filters={filters} queue={queue} onChange={change} />
            <Work query={workQuery(filters, queue)} />
          </Stack>
        </Tabs.Panel>
      </Tabs>
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

/** One queue: the list held still, what waits to be let in, what is marked, and the chosen item. */
function Work({ query }: { readonly query: string }) {
  const { t } = useTranslation('myDay');
  const [view, change] = useView();
  const list = useWorkList(query);
  const { shown, arrived } = list;
  const [marked, setMarked] = useState<ReadonlySet<string>>(new Set());
  const selected = shown.find(({ id }) => id === view['item']) ?? shown[0];
  const select = (id: string | undefined): void => {
    change({ item: id });
  };
  const ids = useMemo(() => shown.map(({ id }) => id), [shown]);
  useListKeys(ids, selected?.id, select);
  const mark = ({ id }: WorkItem): void => {
    setMarked((now) => new Set(now.has(id) ? [...now].filter((one) => one !== id) : [...now, id]));
  };
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
      <div role="status" aria-live="polite">
        {arrived.length === 0 ? null : (
          <Group justify="center" className="paper" py={4}>
            <Button size="compact-sm" variant="light" onClick={list.letIn}>
              {t('arrived', { count: arrived.length })}
            </Button>
          </Group>
        )}
      </div>
      <BulkBar
        items={shown.filter(({ id }) => marked.has(id))}
        onClear={() => {
          setMarked(new Set());
        }}
      />
      <WorkLists
        list={list}
        selected={selected}
        isOpen={view['item'] !== undefined}
        marked={marked}
        onSelect={select}
        onMark={mark}
        onDone={() => {
          if (selected !== undefined) select(neighbourOf(shown, selected.id));
        }}
        empty={<Empty title={t('empty.title')}>{t('empty.text')}</Empty>}
      />
    </Stack>
  );
}
