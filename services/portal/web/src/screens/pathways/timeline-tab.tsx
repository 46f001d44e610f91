import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { PathwayWhole } from '../../api/care';
import { useHasRole } from '../../shell/session-context';
import { Empty, Panel, Stack } from '../../ui';
import { marksOf } from './timeline-layout';
import { StepDetail } from './step-detail';
import { TimelineDrawing } from './timeline-drawing';

/** The drawing, and under it the step that was chosen in it. */
export function TimelineTab({ pathway }: { readonly pathway: PathwayWhole }) {
  const { t } = useTranslation('pathways');
  const [selected, setSelected] = useState<string | undefined>();
  const mayChange = useHasRole('coordinator', 'specialist') && pathway.status === 'ACTIVE';
  const step = pathway.steps.find(({ key }) => key === selected);
  if (marksOf(pathway.steps).length === 0) return <Empty title={t('drawing.empty')}>{t('drawing.emptyText')}</Empty>;
  return (
    <Stack gap="sm">
      <TimelineDrawing pathway={pathway} selected={selected} onSelect={setSelected} />
      <div aria-live="polite">
        {step === undefined ? null : (
          <Panel title={step.label}>
            <StepDetail pathway={pathway} step={step} mayChange={mayChange} />
          </Panel>
        )}
      </div>
    </Stack>
  );
}
