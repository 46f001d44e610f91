import { useTranslation } from 'react-i18next';

import { usePages, useRead, withQuery, useCommand } from '../../api/queries';
import { dayText, type Money as Amount, monthText } from '../../formats';
import { useHasRole, usePlace } from '../../shell/session-context';
import { Button, DataTable, Empty, Group, Loaded, Panel, Stack, StatusMark, Text, tell } from '../../ui';
import { sizeOf } from './amounts';
import { Money } from './money';
import type { FinancePlace } from './place';

interface Bill {
  readonly id: string;
  readonly receivedDate: string;
  readonly state: 'RECEIVED' | 'WITHDRAWN';
  readonly care: {
    readonly careDate: string;
    readonly act: string;
    readonly provider: string;
    readonly amount: Amount;
  } | null;
}

interface LagMonth {
  readonly month: string;
  readonly lag: number;
  readonly received: Amount;
  readonly outstanding: Amount | null;
  readonly notAssessed: string | null;
}

interface Lag {
  readonly through: string;
  readonly curve: { readonly notAssessed: string | null };
  readonly months: readonly LagMonth[];
}

/** Bills of care outside the team: what came, and what is estimated still to come. */
export function OutsidePanel({ place }: { readonly place: FinancePlace }) {
  const { t } = useTranslation('finance');
  const here = usePlace();
  const read = usePages<Bill>(withQuery(`${place.path}/outside-bills`, { month: place.month }));
  return (
    <Panel title={t('outside.title')}>
      <Stack gap="md">
        <Lags place={place} />
        <Loaded read={read}>
          {(items) => (
            <DataTable
              caption={t('outside.bills')}
              rows={items}
              idOf={({ id }) => id}
              onMore={read.hasNextPage ? () => void read.fetchNextPage() : undefined}
              isLoadingMore={read.isFetchingNextPage}
              empty={<Empty title={t('outside.none')}>{t('outside.noneText')}</Empty>}
              columns={[
                {
                  id: 'care',
                  header: t('outside.careDate'),
                  cell: ({ care }) => (care === null ? '' : dayText(care.careDate, here.now, here)),
                  sortBy: ({ care }) => care?.careDate,
                },
                {
                  id: 'received',
                  header: t('outside.receivedDate'),
                  cell: ({ receivedDate }) => dayText(receivedDate, here.now, here),
                  sortBy: ({ receivedDate }) => receivedDate,
                },
                { id: 'act', header: t('leakage.act'), cell: ({ care }) => care?.act ?? '' },
                { id: 'provider', header: t('leakage.provider'), cell: ({ care }) => care?.provider ?? '' },
                {
                  id: 'amount',
                  header: t('column.amount'),
                  isNumber: true,
                  cell: ({ care }) =>
                    care === null ? (
                      <StatusMark tone="info">{t('outside.withdrawn')}</StatusMark>
                    ) : (
                      <Money of={care.amount} />
                    ),
                  sortBy: ({ care }) => (care === null ? undefined : sizeOf(care.amount)),
                },
              ]}
            />
          )}
        </Loaded>
      </Stack>
    </Panel>
  );
}

function Lags({ place }: { readonly place: FinancePlace }) {
  const { t } = useTranslation('finance');
  const { language } = usePlace();
  const mayAccrue = useHasRole('finance');
  const read = useRead<Lag>(`${place.path}/outside-care/lag`);
  const accrue = useCommand<string>({
    path: (month) => `${place.path}/outside-care/months/${month}/accruals`,
    body: () => ({}),
    changes: ['/api/capitation/books'],
    onDone: (month) => {
      tell(t('outside.accrued', { month: monthText(month, language) }));
    },
  });
  return (
    <Loaded read={read} rows={2}>
      {({ months, curve }) => {
        const open = months.filter(({ outstanding }) => outstanding !== null && outstanding.amount !== '0.00');
        return (
          <Stack gap="xs">
            {curve.notAssessed === null ? null : (
              <Group gap="xs">
                <StatusMark tone="info">{t('indicators.notAssessed')}</StatusMark>
                <Text size="sm">{curve.notAssessed}</Text>
              </Group>
            )}
            {open.map(({ month, received, outstanding }) => (
              <Group key={month} gap="sm">
                <Text size="sm">
                  {t('outside.toCome', { month: monthText(month, language) })}{' '}
                  {outstanding === null ? null : <Money of={outstanding} isStrong />} ({t('outside.received')}{' '}
                  <Money of={received} />)
                </Text>
                {mayAccrue ? (
                  <Button
                    size="compact-sm"
                    variant="light"
                    loading={accrue.isPending}
                    onClick={() => {
                      accrue.mutate(month);
                    }}
                  >
                    {t('outside.accrue')}
                  </Button>
                ) : null}
              </Group>
            ))}
          </Stack>
        );
      }}
    </Loaded>
  );
}
