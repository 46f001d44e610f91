import { useTranslation } from 'react-i18next';

import { type Money as Amount, monthText } from '../../formats';
import { usePlace } from '../../shell/session-context';
import { Button, DataTable, Empty, Group, Panel, Stack, StatusMark, Text } from '../../ui';
import { kindOf } from './account-parts';
import { csvOf, negated, sizeOf } from './amounts';
import { DifferenceBars } from './difference-bars';
import { save } from './download';
import { Money } from './money';
import { AccountName, Party } from './party';
import { PictureOrTable } from './picture-or-table';
import type { DryRun } from './contract-types';

const BARS_MAX = 24;
type PartyRow = DryRun['parties'][number];

/** What other terms would have made of real inputs: who wins, who loses, what moved most, what could not be priced. */
export function DryRunReport({ report }: { readonly report: DryRun }) {
  const { t } = useTranslation('finance');
  const { language } = usePlace();
  const moved = [...report.parties]
    .filter(({ account, difference }) => sizeOf(difference) !== 0 && kindOf(account) !== 'pool')
    .sort((a, b) => sizeOf(gainOf(b)) - sizeOf(gainOf(a)));
  const about = {
    month: report.month === null ? '–' : monthText(report.month, language),
    count: report.subjects,
    lines: report.lines,
    changed: report.changedLines,
  };
  return (
    <Stack gap="md">
      <Group justify="space-between">
        <Text size="sm">{report.subjects === 0 ? t('whatIf.nothing') : t('whatIf.about', about)}</Text>
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => {
            save(new Blob([fileOf(report.parties)], { type: 'text/csv' }), 'what-if.csv');
          }}
        >
          CSV
        </Button>
      </Group>
      {report.failedSubjects === 0 ? null : <Failed report={report} />}
      <PictureOrTable
        title={t('whatIf.parties')}
        picture={
          moved.length === 0 ? (
            <Empty title={t('whatIf.same')}>{t('whatIf.sameText')}</Empty>
          ) : (
            <DifferenceBars
              rows={moved.slice(0, BARS_MAX).map((row) => ({
                ...{ id: row.account, difference: gainOf(row) },
                label: <Winner row={row} />,
              }))}
            />
          )
        }
        table={<PartyTable rows={report.parties} />}
      />
      <Changes report={report} />
    </Stack>
  );
}

/** What a party gains: who pays more loses by it. What only passes through a pool is nobody's. */
const gainOf = ({ account, difference }: PartyRow): Amount =>
  /^(receivable|expenses)$/.test(kindOf(account)) ? negated(difference) : difference;

/** Whom a gain is of, and as what. */
function Winner({ row }: { readonly row: PartyRow }) {
  const { t } = useTranslation('finance');
  const kind = kindOf(row.account);
  if (kind !== 'receivable' && kind !== 'payable') return <AccountName account={row.account} />;
  return (
    <>
      <Party id={row.party} /> · {t(kind === 'receivable' ? 'whatIf.asPayer' : 'whatIf.asPayee')}
    </>
  );
}

/** The table of parties as a file: the same amounts, digit by digit. */
const fileOf = (rows: readonly PartyRow[]): string =>
  csvOf([
    ['party', 'account', 'before', 'after', 'difference', 'currency'],
    ...rows.map(({ party, account, before, after, difference }) => [
      ...[party, account, before.amount, after.amount, difference.amount, difference.currency],
    ]),
  ]);

function PartyTable({ rows }: { readonly rows: readonly PartyRow[] }) {
  const { t } = useTranslation('finance');
  return (
    <DataTable
      caption={t('whatIf.parties')}
      rows={rows}
      idOf={({ account }) => account}
      columns={[
        {
          id: 'kind',
          header: t('whatIf.group'),
          cell: ({ account }) => t(`kind.${kindOf(account)}`),
          sortBy: ({ account }) => kindOf(account),
        },
        { id: 'account', header: t('column.account'), cell: ({ account }) => <AccountName account={account} /> },
        {
          id: 'before',
          header: t('whatIf.before'),
          isNumber: true,
          cell: ({ before }) => <Money of={before} />,
          sortBy: ({ before }) => sizeOf(before),
        },
        {
          id: 'after',
          header: t('whatIf.after'),
          isNumber: true,
          cell: ({ after }) => <Money of={after} />,
          sortBy: ({ after }) => sizeOf(after),
        },
        {
          id: 'difference',
          header: t('comparison.difference'),
          isNumber: true,
          cell: ({ difference }) => <Money of={difference} isSigned isStrong />,
          sortBy: ({ difference }) => sizeOf(difference),
        },
      ]}
    />
  );
}

function Failed({ report }: { readonly report: DryRun }) {
  const { t } = useTranslation('finance');
  return (
    <Panel title={t('whatIf.failed')} actions={<StatusMark tone="late">{String(report.failedSubjects)}</StatusMark>}>
      <Stack component="ul" gap={4} m={0} pl="md">
        {report.errors.map(({ subject, place, message }) => (
          <Text component="li" size="sm" key={`${subject} ${place ?? ''}`}>
            <Party id={subject} /> · {place ?? ''} · {message}
          </Text>
        ))}
      </Stack>
    </Panel>
  );
}

function Changes({ report }: { readonly report: DryRun }) {
  const { t } = useTranslation('finance');
  return (
    <Panel title={t('whatIf.changes')}>
      <DataTable
        caption={t('whatIf.changes')}
        rows={report.changes}
        idOf={({ subject, line }) => `${subject} ${line}`}
        empty={<Empty title={t('whatIf.same')} />}
        columns={[
          { id: 'subject', header: t('column.file'), cell: ({ subject }) => <Party id={subject} /> },
          { id: 'line', header: t('whatIf.line'), cell: ({ line }) => <LineName name={line} /> },
          { id: 'before', header: t('whatIf.before'), isNumber: true, cell: ({ before }) => <Money of={before} /> },
          { id: 'after', header: t('whatIf.after'), isNumber: true, cell: ({ after }) => <Money of={after} /> },
          {
            id: 'difference',
            header: t('comparison.difference'),
            isNumber: true,
            cell: ({ difference }) => <Money of={difference} isSigned isStrong />,
          },
        ]}
      />
    </Panel>
  );
}

/** `share/prac:…` is somebody's part of the component. */
function LineName({ name }: { readonly name: string }) {
  const [, component = name, party] = /^([^/]+)\/((?:prac|org):.+)$/.exec(name) ?? [];
  return (
    <span>
      {component}
      {party === undefined ? null : (
        <>
          {' · '}
          <Party id={party} />
        </>
      )}
    </span>
  );
}
