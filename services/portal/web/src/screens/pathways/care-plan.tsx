import { useTranslation } from 'react-i18next';

import { type PathwayWhole, paths, type Step } from '../../api/care';
import { useRead } from '../../api/queries';
import { timeText } from '../../formats';
import { IdentityBanner, PersonName } from '../../shell/names';
import { usePlace } from '../../shell/session-context';
import { Button, type Column, DataTable, Facts, Loaded, Page, Panel, Stack, Text } from '../../ui';
import { useCareWords, useTimes } from '../care/care-words';
import { usePathIds } from '../screen-route';

/** The care plan on paper: what comes, with whom, by when, and whom to call. Neither price nor result is on it. */
export function CarePlan() {
  const { t } = useTranslation('pathways');
  const { id = '' } = usePathIds();
  const read = useRead<PathwayWhole>(paths.pathway(id));
  return (
    <Page
      title={t('plan.title')}
      actions={
        <Button
          onClick={() => {
            window.print();
          }}
        >
          {t('plan.print')}
        </Button>
      }
    >
      <Loaded read={read}>{(pathway) => <Sheet pathway={pathway} readAtMs={read.dataUpdatedAt} />}</Loaded>
    </Page>
  );
}

interface SheetProps {
  readonly pathway: PathwayWhole;
  readonly readAtMs: number;
}

function Sheet({ pathway, readAtMs }: SheetProps) {
  const { t } = useTranslation('pathways');
  const words = useCareWords();
  const place = usePlace();
  const columns = usePlanColumns();
  const steps = pathway.steps.filter(({ kind }) => kind !== 'milestone');
  const coming = steps.filter(({ status }) => status === 'due' || status === 'late' || status === 'waiting');
  const done = steps.filter(({ status }) => status === 'done');
  const team = pathway.team.filter(({ until }) => until === undefined);
  return (
    <Stack>
      <IdentityBanner patientId={pathway.patientId} />
      <Text size="sm" c="dimmed">
        {t('plan.readAt', {
          protocol: pathway.protocol.title,
          version: pathway.protocol.version,
          time: timeText(new Date(readAtMs).toISOString(), place),
        })}
      </Text>
      <Panel title={t('plan.coming')}>
        <DataTable
          caption={t('plan.coming')}
          columns={columns}
          rows={coming}
          idOf={({ key }) => key}
          empty={t('head.nothing')}
        />
      </Panel>
      <Panel title={t('summary.done')}>
        <DataTable
          caption={t('summary.done')}
          columns={columns}
          rows={done}
          idOf={({ key }) => key}
          empty={t('summary.nothingDone')}
        />
      </Panel>
      <Panel title={t('team.title')}>
        <Facts
          rows={team.map(
            ({ practitionerId, role }) =>
              [words.teamRole(role), <PersonName key={`${practitionerId} ${role}`} id={practitionerId} />] as const,
          )}
        />
      </Panel>
      <Text size="sm">{t('plan.emergency')}</Text>
    </Stack>
  );
}

function usePlanColumns(): readonly Column<Step>[] {
  const { t } = useTranslation('pathways');
  const words = useCareWords();
  const times = useTimes();
  const whenOf = ({ doneAt, booking, target, latest }: Step): string => {
    if (doneAt !== undefined) return times.day(doneAt);
    if (booking?.startsAt !== undefined) return times.instant(booking.startsAt);
    const day = target ?? latest;
    return day === undefined ? '' : t('plan.about', { day: times.day(day) });
  };
  return [
    { id: 'step', header: t('column.step'), cell: ({ label }) => label },
    { id: 'when', header: t('column.when'), cell: whenOf },
    { id: 'role', header: t('column.role'), cell: ({ role }) => words.teamRole(role) },
    { id: 'status', header: t('column.status'), cell: ({ status }) => words.status(status) },
  ];
}
