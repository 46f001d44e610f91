import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';

import { paths } from '../../api/care';
import { useRead } from '../../api/queries';
import { IdentityBanner } from '../../shell/names';
import { useHasRole } from '../../shell/session-context';
import {
  Anchor,
  Button,
  type Column,
  DataTable,
  Facts,
  Grid,
  Loaded,
  Page,
  Panel,
  Stack,
  StatusMark,
  Text,
} from '../../ui';
import { useCodeWord } from '../../shell/words';
import { useCareWords, useTimes } from '../care/care-words';
import { usePathIds } from '../screen-route';
import { LinksButton } from './links-button';
import { MergedPlan } from './merged-plan';

interface Measurement {
  readonly id: string;
  readonly code: string;
  readonly value: number;
  readonly unit: string;
  readonly measuredAt: string;
}

interface PatientRead {
  readonly id: string;
  readonly language: string;
  readonly deceasedAt?: string;
  readonly identifiers: readonly { readonly system: string; readonly value: string }[];
  readonly conditions: readonly {
    readonly id: string;
    readonly system: string;
    readonly code: string;
    readonly onset?: string;
  }[];
  readonly measurements: readonly Measurement[];
  readonly pathways: readonly { readonly pathwayId: string; readonly protocolId: string; readonly active: boolean }[];
}

/** One person: who they are, what is known of them, their pathways, and all of these as one plan. */
export function PatientScreen() {
  const { t } = useTranslation('pathways');
  const { id = '' } = usePathIds();
  const mayEnrol = useHasRole('coordinator', 'requester');
  const read = useRead<PatientRead>(paths.patient(id));
  return (
    <Page
      title={t('patient.title')}
      actions={
        <>
          <LinksButton patientId={id} />
          {mayEnrol ? (
            <Button
              component={Link}
              to="/pathways/new"
              size="xs"
              search={{ patient: id } as never /* a screen without declared search */}
            >
              {t('enrol')}
            </Button>
          ) : null}
        </>
      }
    >
      <IdentityBanner patientId={id} />
      <Loaded read={read}>
        {(patient) => (
          <Grid gap="md">
            <Grid.Col span={{ base: 12, md: 7 }}>
              <Stack>
                <PathwaysOf patient={patient} />
                <MergedPlan patientId={patient.id} />
              </Stack>
            </Grid.Col>
            <Grid.Col span={{ base: 12, md: 5 }}>
              <Known patient={patient} />
            </Grid.Col>
          </Grid>
        )}
      </Loaded>
    </Page>
  );
}

function PathwaysOf({ patient }: { readonly patient: PatientRead }) {
  const { t } = useTranslation('pathways');
  const words = useCareWords();
  return (
    <Panel title={t('title')}>
      {patient.pathways.length === 0 ? <Text size="sm">{t('patient.noPathway')}</Text> : null}
      <Stack gap={6} component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
        {patient.pathways.map(({ pathwayId, protocolId, active }) => (
          <li key={pathwayId}>
            <Anchor component={Link} to={`/pathways/${pathwayId}`} size="sm" fw={640}>
              {words.protocol(protocolId)}
            </Anchor>{' '}
            <StatusMark tone={active ? 'calm' : 'info'}>
              {active ? words.pathwayStatus('ACTIVE') : t('patient.ended')}
            </StatusMark>
          </li>
        ))}
      </Stack>
    </Panel>
  );
}

function Known({ patient }: { readonly patient: PatientRead }) {
  const { t } = useTranslation('pathways');
  const times = useTimes();
  const word = useCodeWord('pathways');
  const nameOf = (system: string): string => word(`patient.system.${lastPart(system)}`, lastPart(system).toUpperCase());
  const columns = useMeasurementColumns();
  return (
    <Stack>
      <Panel title={t('patient.identifiers')}>
        {patient.identifiers.length === 0 ? <Text size="sm">{t('patient.noIdentifier')}</Text> : null}
        <Facts rows={patient.identifiers.map(({ system, value }) => [nameOf(system), value] as const)} />
        {patient.deceasedAt === undefined ? null : (
          <StatusMark tone="info">{t('patient.deceased', { day: times.day(patient.deceasedAt) })}</StatusMark>
        )}
      </Panel>
      <Panel title={t('patient.conditions')}>
        {patient.conditions.length === 0 ? <Text size="sm">{t('patient.noCondition')}</Text> : null}
        <Facts
          rows={patient.conditions.map(
            ({ system, code, onset }) => [`${nameOf(system)} ${code}`, onset ?? t('patient.noOnset')] as const,
          )}
        />
      </Panel>
      <Panel title={t('patient.measurements')}>
        <DataTable
          caption={t('patient.measurements')}
          columns={columns}
          rows={[...patient.measurements].sort((a, b) => (a.measuredAt > b.measuredAt ? -1 : 1)).slice(0, 40)}
          idOf={({ id }) => id}
          empty={<Text size="sm">{t('patient.noMeasurement')}</Text>}
        />
      </Panel>
    </Stack>
  );
}

function useMeasurementColumns(): readonly Column<Measurement>[] {
  const { t } = useTranslation('pathways');
  const times = useTimes();
  const words = useCareWords();
  const nameOf = ({ code }: Measurement): string => words.measurement(code);
  return [
    { id: 'code', header: t('column.what'), cell: nameOf, sortBy: nameOf },
    { id: 'value', header: t('column.value'), isNumber: true, cell: ({ value, unit }) => words.value(value, unit) },
    {
      id: 'at',
      header: t('column.at'),
      cell: ({ measuredAt }) => times.day(measuredAt),
      sortBy: ({ measuredAt }) => measuredAt,
    },
  ];
}

/** The numbers under which the national identity stands (INS-NIR, INS-NIA, and those of test and demonstration). */
const INS = /^1\.2\.250\.1\.213\.1\.4\.(?:8|9|10|11)$/;

/** The last part of a system's address or number is what people know it by. */
function lastPart(system: string): string {
  const last = system.split(/[:/]/).findLast((part) => part !== '') ?? system;
  return INS.test(last) ? 'ins' : last;
}
