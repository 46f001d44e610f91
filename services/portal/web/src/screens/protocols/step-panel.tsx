import { useTranslation } from 'react-i18next';

import { Button, Divider, Facts, List, Panel, Stack, Text } from '../../ui';
import { begunAfter, type ProtocolDocument, type ProtocolStep } from './protocol-types';
import { useDurationText, useKindText } from './step-words';

export interface StepPanelProps {
  readonly step: ProtocolStep;
  readonly document: ProtocolDocument;
  readonly language: 'fr' | 'en';
  readonly onClose: () => void;
}

/** All that a step says: whose, when, what if late, what the patient reads, and the source of each of its rules. */
export function StepPanel({ step, document, language, onClose }: StepPanelProps) {
  const { t } = useTranslation('protocols');
  const durationText = useDurationText();
  const kindText = useKindText();
  const roleText = (role: string): string => document.roles[role]?.[language] ?? role;
  const nameOf = (id: string): string => document.steps.find((one) => one.id === id)?.label[language] ?? id;
  const { window: due, late } = step;
  const words = step.patient?.before?.[language]?.plain ?? step.patient?.after?.[language]?.plain;
  return (
    <Panel
      title={step.label[language]}
      actions={
        <Button variant="subtle" size="compact-sm" onClick={onClose}>
          {t('close')}
        </Button>
      }
    >
      <Stack gap="sm">
        <Facts
          rows={[
            [t('step.kind'), kindText(step.kind)],
            step.role === undefined ? undefined : [t('step.role'), roleText(step.role)],
            [t('step.after'), begunAfter(step).map(nameOf).join(', ') || t('step.anything')],
            due?.target === undefined ? undefined : [t('step.target'), durationText(due.target)],
            due?.latest === undefined ? undefined : [t('step.latest'), durationText(due.latest)],
            due?.from === undefined ? undefined : [t('step.from'), nameOf(due.from)],
            step.labelBefore[language] === step.label[language]
              ? undefined
              : [t('step.before'), step.labelBefore[language]],
          ]}
        />
        {late === undefined ? null : (
          <>
            <Divider label={t('step.late')} labelPosition="left" />
            <Text size="sm">
              {late.title[language]}, {t('step.tier', { tier: late.tier })}: {roleText(late.owner)}
              {(late.ladder ?? []).map(({ role, after }) => ` → ${roleText(role)} (${durationText(after)})`).join('')}
            </Text>
          </>
        )}
        {words === undefined ? null : (
          <>
            <Divider label={t('step.patientReads')} labelPosition="left" />
            <Text size="sm" fs="italic">
              {words}
            </Text>
          </>
        )}
        {step.sources === undefined ? null : (
          <>
            <Divider label={t('step.sources')} labelPosition="left" />
            <List size="sm" spacing={4}>
              {step.sources.map(({ rule, text }) => (
                <List.Item key={rule}>
                  {rule}: {text}
                </List.Item>
              ))}
            </List>
          </>
        )}
      </Stack>
    </Panel>
  );
}
