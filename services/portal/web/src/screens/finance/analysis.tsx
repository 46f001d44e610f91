import { useTranslation } from 'react-i18next';

import { usePages, withQuery } from '../../api/queries';
import { usePlace } from '../../shell/session-context';
import { DataTable, Empty, Group, Loaded, Panel, SegmentedControl, Stack } from '../../ui';
import { sizeOf } from './amounts';
import { ComparedTable } from './comparison-panel';
import { Download } from './download';
import { FinancePage } from './finance-page';
import { Indicators } from './indicators-panel';
import { Money } from './money';
import { OutsidePanel } from './outside-panel';
import { type FinancePlace, useFilters } from './place';
import type { ComparedPathway, Leak } from './types';
import { percentText } from './percent-text';

/** Flat price beside real cost, what members consume elsewhere, indicators with what they mean. */
export function Analysis() {
  const { t } = useTranslation('finance');
  return (
    <FinancePage title={t('analysis.title')} section="analysis" hasMonth>
      {(place) => (
        <Stack gap="md">
          <Pathways place={place} />
          <Leakage place={place} />
          <OutsidePanel place={place} />
          <Indicators place={place} />
        </Stack>
      )}
    </FinancePage>
  );
}

function Pathways({ place }: { readonly place: FinancePlace }) {
  const { t } = useTranslation('finance');
  const month = { month: place.month };
  const path = `${place.path}/comparison/pathways`;
  const read = usePages<ComparedPathway>(withQuery(path, month));
  return (
    <Panel
      title={t('comparison.title')}
      actions={
        <Group gap="xs">
          {(['xlsx', 'csv'] as const).map((format) => (
            <Download
              key={format}
              path={withQuery(`${path}/file`, { ...month, format })}
              name={`comparison.${format}`}
              label={format.toUpperCase()}
            />
          ))}
        </Group>
      }
    >
      <Loaded read={read}>
        {(items) =>
          items.length === 0 ? (
            <Empty title={t('comparison.none')}>{t('comparison.noneText')}</Empty>
          ) : (
            <ComparedTable
              rows={items}
              onMore={read.hasNextPage ? () => void read.fetchNextPage() : undefined}
              isLoadingMore={read.isFetchingNextPage}
            />
          )
        }
      </Loaded>
    </Panel>
  );
}

function Leakage({ place }: { readonly place: FinancePlace }) {
  const { t } = useTranslation('finance');
  const { language } = usePlace();
  const [filters, change] = useFilters();
  const by = filters['by'] === 'act' ? 'act' : 'provider';
  const of = { month: place.month, by };
  const read = usePages<Leak>(withQuery(`${place.path}/leakage`, of));
  return (
    <Panel
      title={t('leakage.title')}
      actions={
        <Group gap="xs">
          <SegmentedControl
            size="xs"
            aria-label={t('leakage.by')}
            data={[
              { value: 'provider', label: t('leakage.provider') },
              { value: 'act', label: t('leakage.act') },
            ]}
            value={by}
            onChange={(value) => {
              change({ by: value });
            }}
          />
          {(['xlsx', 'csv'] as const).map((format) => (
            <Download
              key={format}
              path={withQuery(`${place.path}/leakage/file`, { ...of, format })}
              name={`leakage.${format}`}
              label={format.toUpperCase()}
            />
          ))}
        </Group>
      }
    >
      <Loaded read={read}>
        {(items) => (
          <DataTable
            caption={t('leakage.title')}
            rows={items}
            idOf={({ key }) => key}
            onMore={read.hasNextPage ? () => void read.fetchNextPage() : undefined}
            isLoadingMore={read.isFetchingNextPage}
            empty={<Empty title={t('leakage.none')}>{t('leakage.noneText')}</Empty>}
            columns={[
              { id: 'key', header: t(`leakage.${by}`), cell: ({ key }) => key, sortBy: ({ key }) => key },
              {
                id: 'bills',
                header: t('leakage.bills'),
                isNumber: true,
                cell: ({ bills }) => bills,
                sortBy: ({ bills }) => bills,
              },
              {
                id: 'share',
                header: t('column.share'),
                isNumber: true,
                cell: ({ share }) => (share === null ? '' : percentText(share, language)),
              },
              {
                id: 'amount',
                header: t('column.amount'),
                isNumber: true,
                cell: ({ amount }) => <Money of={amount} />,
                sortBy: ({ amount }) => sizeOf(amount),
              },
            ]}
          />
        )}
      </Loaded>
    </Panel>
  );
}
