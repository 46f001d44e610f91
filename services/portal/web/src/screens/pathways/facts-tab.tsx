import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { type PathwayWhole, paths, type Timeline, type TimelineItem } from '../../api/care';
import { useRead } from '../../api/queries';
import { CommandDialog } from '../../shell/command-dialog';
import { PersonName } from '../../shell/names';
import { Button, type Column, DataTable, Loaded, Panel } from '../../ui';
import { useCareWords, useTimes } from '../care/care-words';

export interface FactsTabProps {
  readonly pathway: PathwayWhole;
  readonly mayChange: boolean;
}

/** What happened, newest first: facts and the steps they finished; a fact of a mistake can be taken back. */
export function FactsTab({ pathway, mayChange }: FactsTabProps) {
  const { t } = useTranslation('pathways');
  const read = useRead<Timeline>(paths.timeline(pathway.id));
  const [mistaken, setMistaken] = useState<TimelineItem | undefined>();
  const columns = useFactColumns(mayChange ? setMistaken : undefined);
  const close = (): void => {
    setMistaken(undefined);
  };
  return (
    <Panel title={t('tab.facts')}>
      <Loaded read={read}>
        {({ items }) => (
          <DataTable
            caption={t('tab.facts')}
            columns={columns}
            rows={[...items].reverse()}
            idOf={({ at, what, factId, stepKey }) => `${at} ${what} ${factId ?? ''} ${stepKey ?? ''}`}
            empty={t('facts.none')}
          />
        )}
      </Loaded>
      <CommandDialog
        key={mistaken?.factId}
        isOpen={mistaken !== undefined}
        title={t('facts.withdraw')}
        confirmLabel={t('facts.withdraw')}
        isDangerous
        asksText
        path={`/api/pathways/pathways/${pathway.id}/facts/${mistaken?.factId ?? ''}/withdraw`}
        body={({ text }) => ({ reason: text })}
        changes={['/api/pathways']}
        done={t('facts.withdrawn')}
        onClose={close}
      >
        {t('facts.withdrawText')}
      </CommandDialog>
    </Panel>
  );
}

/** Recorded by a person; what a service told, that service takes back. */
const isByHand = ({ what, by, code = '' }: TimelineItem): boolean =>
  what === 'fact' && by !== undefined && !/^(task|appointment|opinion|case)\./.test(code);

function useFactColumns(onMistake: ((item: TimelineItem) => void) | undefined): readonly Column<TimelineItem>[] {
  const { t } = useTranslation('pathways');
  const words = useCareWords();
  const times = useTimes();
  const nameOf = ({ what, code = '', label }: TimelineItem): string => {
    if (what === 'fact') return words.fact(code);
    return what === 'step-done' ? t('facts.stepDone', { step: label }) : t(`facts.${what}`);
  };
  return [
    { id: 'at', header: t('column.at'), sortBy: ({ at }) => at, cell: ({ at }) => times.instant(at) },
    { id: 'what', header: t('column.what'), sortBy: nameOf, cell: nameOf },
    {
      id: 'value',
      header: t('column.value'),
      cell: ({ value, unit }) => (value === undefined ? '' : words.value(value, unit)),
    },
    { id: 'by', header: t('column.by'), cell: ({ by }) => (by === undefined ? '' : <PersonName id={by} />) },
    ...(onMistake === undefined
      ? []
      : [
          {
            id: 'mistake',
            header: t('column.commands'),
            cell: (item: TimelineItem) =>
              isByHand(item) ? (
                <Button
                  size="compact-sm"
                  variant="subtle"
                  aria-label={t('command.named', { command: t('facts.withdraw'), step: nameOf(item) })}
                  onClick={() => {
                    onMistake(item);
                  }}
                >
                  {t('facts.withdraw')}
                </Button>
              ) : null,
          },
        ]),
  ];
}
