import { useTranslation } from 'react-i18next';

import { type Alert, type PathwayWhole, paths, type Timeline, type WorkItem } from '../../api/care';
import { type Page, useRead } from '../../api/queries';
import { Facts, type FactRow, Group, StatusMark, Text } from '../../ui';
import { useCareWords, useTimes } from '../care/care-words';
import { WhyStep } from '../care/why-step';
import { OwnerName } from './work-row';

export interface WhyNowProps {
  readonly item: WorkItem;
  readonly pathway: PathwayWhole;
}

/** Why it is on the list now: what happened, against which limit, on whom it waits, by which rule. */
export function WhyNow({ item, pathway }: WhyNowProps) {
  const { t } = useTranslation('myDay');
  const words = useCareWords();
  const times = useTimes();
  const alert = useAlertOf(item);
  const step = pathway.steps.find(({ key }) => key === item.stepKey);
  const labelOf = (key: string) => pathway.steps.find((one) => one.key === key)?.label;
  const waits = item.waitsOn ?? [];
  const assessed = pathway.assessments.filter(({ value }) => value === 'review');
  const rows: readonly (FactRow | undefined)[] = [
    [t('why.reason'), words.reason(item.reason)],
    alert?.text === undefined ? undefined : [t('why.evidence'), alert.text],
    [t('why.since'), `${times.instant(item.since)} (${times.far(item.since)})`],
    item.deadline === undefined
      ? undefined
      : [t('why.deadline'), `${times.instant(item.deadline)} (${times.far(item.deadline)})`],
    step?.target === undefined ? undefined : [t('why.target'), times.day(step.target)],
    waits.length === 0 ? undefined : [t('why.waitsOn'), waits.map((one) => words.waitsOn(one, labelOf)).join(', ')],
    [t('why.owner'), <OwnerName key="owner" item={item} />],
    alert === undefined || alert.signals < 2 ? undefined : [t('why.signals'), t('signals', { count: alert.signals })],
    item.factIds === undefined
      ? undefined
      : [t('why.results'), <Results key="results" pathwayId={item.pathwayId} factIds={item.factIds} />],
    assessed.length === 0
      ? undefined
      : [
          t('why.rules'),
          assessed.map(({ code, version }) => (
            <Text key={code} size="sm">
              {t('rule', { code: words.rule(code), version })}
            </Text>
          )),
        ],
  ];
  return (
    <div>
      <Facts rows={rows} />
      <Group gap="xs" mt={6}>
        {step === undefined ? null : (
          <WhyStep pathwayId={pathway.id} protocolTitle={pathway.protocol.title} step={step} />
        )}
        {alert?.heldBack === undefined ? null : <StatusMark tone="info">{t(`held.${alert.heldBack}`)}</StatusMark>}
      </Group>
    </div>
  );
}

function useAlertOf({ alertId, pathwayId }: WorkItem): Alert | undefined {
  const read = useRead<Page<Alert>>(paths.alertsOf(pathwayId), { isEnabled: alertId !== undefined });
  return read.data?.items.find(({ id }) => id === alertId);
}

function Results({ pathwayId, factIds }: { readonly pathwayId: string; readonly factIds: readonly string[] }) {
  const words = useCareWords();
  const times = useTimes();
  const read = useRead<Timeline>(paths.timeline(pathwayId));
  const found = (read.data?.items ?? []).filter(({ factId }) => factId !== undefined && factIds.includes(factId));
  return (
    <>
      {found.map(({ factId, code = '', value, unit, at }) => (
        <Text key={factId} size="sm" component="div">
          <strong>{words.fact(code)}</strong> {value === undefined ? '' : words.value(value, unit)} · {times.day(at)}
        </Text>
      ))}
    </>
  );
}
