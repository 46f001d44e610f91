import { IconPrinter } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { usePages, useRead } from '../../api/queries';
import { instantText, monthText } from '../../formats';
import { usePlace } from '../../shell/session-context';
import { Button, Facts, Grid, Group, Loaded, Panel, Stack, StatusMark, Text } from '../../ui';
import { Download } from './download';
import { Money } from './money';
import { Party } from './party';
import { bookPath } from './place';
import { Hash } from './proof-panel';
import { StatementLines } from './statement-lines';
import type { Statement, StatementLine } from './types';

const PAGE = 200;
const formats = ['pdf', 'xlsx', 'csv'] as const;

export interface StatementSheetProps {
  readonly book: string;
  readonly kind: string;
  readonly number: string;
  /** Whether a line leads to its entry; a professional sees no entry. */
  readonly leadsToEntries: boolean;
}

/** One statement as it was issued: its sums that foot, its lines, and the same as files. */
export function StatementSheet({ book, kind, number, leadsToEntries }: StatementSheetProps) {
  const { t } = useTranslation('finance');
  const path = `${bookPath(book)}/statements/${encodeURIComponent(kind)}/${encodeURIComponent(number)}`;
  const read = useRead<Statement>(path);
  const lines = usePages<StatementLine>(`${path}/lines?limit=${String(PAGE)}`);
  const [isPrinting, setPrinting] = useState(false);
  const print = async (): Promise<void> => {
    setPrinting(true);
    // What is printed is whole: the pages that were not looked at yet are read first.
    for (let more = lines.hasNextPage; more; more = (await lines.fetchNextPage()).hasNextPage);
    setPrinting(false);
    window.print();
  };
  return (
    <Loaded read={read}>
      {(statement) => (
        <Stack gap="md">
          <Grid gap="md">
            <Grid.Col span={{ base: 12, md: 6 }}>
              <About statement={statement} />
            </Grid.Col>
            <Grid.Col span={{ base: 12, md: 6 }}>
              <Sums statement={statement} />
            </Grid.Col>
          </Grid>
          <Group className="no-print" gap="xs">
            {formats.map((format) => (
              <Download
                key={format}
                path={`${path}/file?format=${format}`}
                name={`statement-${number}.${format}`}
                label={format.toUpperCase()}
                isPrimary={format === 'pdf'}
              />
            ))}
            <Button
              size="compact-sm"
              variant="default"
              leftSection={<IconPrinter size={16} aria-hidden />}
              loading={isPrinting}
              onClick={() => void print()}
            >
              {t('statements.print')}
            </Button>
          </Group>
          <Panel title={t('statements.linesTitle')}>
            <Loaded read={lines}>
              {(items) => (
                <StatementLines
                  statement={statement}
                  items={items}
                  leadsToEntries={leadsToEntries}
                  onMore={lines.hasNextPage ? () => void lines.fetchNextPage() : undefined}
                  isLoadingMore={lines.isFetchingNextPage}
                />
              )}
            </Loaded>
          </Panel>
        </Stack>
      )}
    </Loaded>
  );
}

function About({ statement }: { readonly statement: Statement }) {
  const { t } = useTranslation('finance');
  const place = usePlace();
  return (
    <Panel
      title={t('statements.about')}
      actions={
        <StatusMark tone={statement.final ? 'done' : 'waiting'}>
          {t(statement.final ? 'statements.final' : 'statements.provisional')}
        </StatusMark>
      }
    >
      <Facts
        rows={[
          [t('statements.party'), <Party key="party" id={statement.party} />],
          [t('column.month'), monthText(statement.month, place.language)],
          [t('statements.issuedAt'), instantText(statement.issuedAt, place.now, place)],
          statement.supersedes === null ? undefined : [t('statements.supersedes'), String(statement.supersedes)],
          [t('proof.hash'), <Hash key="hash" of={statement.sha256} />],
        ]}
      />
    </Panel>
  );
}

/** The closing is the opening and what the month added: as one adds up by hand. */
function Sums({ statement }: { readonly statement: Statement }) {
  const { t } = useTranslation('finance');
  const rows = [
    [t('statements.opening'), statement.opening],
    [t('section.DUE'), statement.due],
    [t('section.WITHHELD'), statement.withheld],
    [t('section.PRIOR_PERIOD'), statement.priorPeriod],
    [t('section.PAID'), statement.paid],
  ] as const;
  return (
    <Panel title={t('statements.sums')}>
      <dl style={{ margin: 0, display: 'grid', gap: 4 }}>
        {rows.map(([label, amount], index) => (
          <Group key={label} justify="space-between" wrap="nowrap">
            <Text component="dt" size="sm">
              {label}
            </Text>
            <Text component="dd" m={0} size="sm">
              <Money of={amount} isSigned={index > 0} />
            </Text>
          </Group>
        ))}
        <Group justify="space-between" wrap="nowrap" pt={6} style={{ borderTop: '2px solid var(--ariane-line)' }}>
          <Text component="dt" fw={640}>
            {t('statements.closing')}
          </Text>
          <Text component="dd" m={0} fz="lg" data-total="closing">
            <Money of={statement.closing} isStrong />
          </Text>
        </Group>
      </dl>
    </Panel>
  );
}
