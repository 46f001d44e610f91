import { useTranslation } from 'react-i18next';

import { paths, type Step, type Timeline } from '../../api/care';
import { useRead } from '../../api/queries';
import { PersonName } from '../../shell/names';
import { Facts, type FactRow, Text, Why } from '../../ui';
import { useCareWords, useTimes } from './care-words';

export interface WhyStepProps {
  readonly pathwayId: string;
  readonly protocolTitle: string;
  readonly step: Pick<Step, 'key' | 'label' | 'origin'>;
}

/** Why a step stands where it stands: its rule and version and what was read, or who added it and why. */
export function WhyStep({ step, ...props }: WhyStepProps) {
  return (
    <Why about={step.label}>
      <Reason step={step} {...props} />
    </Why>
  );
}

function Reason({ pathwayId, protocolTitle, step }: WhyStepProps) {
  const { t } = useTranslation('care');
  const words = useCareWords();
  const times = useTimes();
  const read = useRead<Timeline>(paths.timeline(pathwayId));
  const reason = read.data?.steps?.find(({ key }) => key === step.key)?.reason;
  const { origin } = step;
  if (origin.from === 'person') {
    return (
      <Facts
        rows={[
          [t('why.person'), <PersonName key="by" id={origin.by} />],
          [t('why.reason'), origin.reason],
          [t('why.from'), times.instant(origin.at)],
        ]}
      />
    );
  }
  const facts = reason?.facts ?? [];
  const rows: readonly FactRow[] = [
    [t('why.rule'), <code key="rule">{reason?.rule ?? origin.rule}</code>],
    [t('why.version'), t('why.versionValue', { protocol: protocolTitle, version: origin.version })],
    [
      t('why.data'),
      read.data === undefined
        ? t('why.reading')
        : facts.length === 0
          ? t('why.noData')
          : facts.map(({ id, code, value, unit, at }) => (
              <Text key={id} size="sm">
                {words.fact(code)} {value === undefined ? '' : words.value(value, unit)} ({times.day(at)})
              </Text>
            )),
    ],
  ];
  return <Facts rows={rows} />;
}
