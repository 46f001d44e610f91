import { useTranslation } from 'react-i18next';

import { PersonSelect } from '../../shell/person-select';
import { Button, Checkbox, Collapse, SimpleGrid, Stack, Textarea, TextInput, useDisclosure } from '../../ui';
import type { DecisionPartProps } from './decision-choice';

/** What is written beside the codes: reasons, delay, who sees to it, a reserve or a dissent, the reference. */
export function DecisionDetails({ value, problem, onChange }: DecisionPartProps) {
  const { t } = useTranslation('meetings');
  return (
    <>
      <Textarea
        label={t('form.text')}
        autosize
        minRows={2}
        value={value.text}
        error={problem?.fields['text']}
        onChange={(event) => {
          onChange({ text: event.currentTarget.value });
        }}
      />
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md">
        <TextInput
          label={t('form.delay')}
          placeholder={t('form.delayExample')}
          value={value.delay}
          onChange={(event) => {
            onChange({ delay: event.currentTarget.value });
          }}
        />
        <PersonSelect
          label={t('form.responsible')}
          value={value.responsibleId}
          onChange={(responsibleId) => {
            onChange({ responsibleId });
          }}
        />
      </SimpleGrid>
      <TextInput
        label={t('form.reserve')}
        description={t('form.reserveHelp')}
        value={value.reserve}
        onChange={(event) => {
          onChange({ reserve: event.currentTarget.value });
        }}
      />
      <Reference value={value} problem={problem} onChange={onChange} />
    </>
  );
}

/** The reference that the decision was measured against; a registration without discussion must cite one. */
function Reference({ value, problem, onChange }: DecisionPartProps) {
  const { t } = useTranslation('meetings');
  const [isOpen, { toggle }] = useDisclosure(value.reference !== '');
  const isAsked = value.kind === 'REGISTERED_STANDARD';
  return (
    <div>
      {isAsked ? null : (
        <Button variant="subtle" size="compact-sm" aria-expanded={isOpen} onClick={toggle}>
          {t('form.reference')}
        </Button>
      )}
      <Collapse expanded={isOpen || isAsked}>
        <Stack gap="sm" mt="xs">
          <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md">
            <TextInput
              label={t('form.referenceCode')}
              description={t('form.referenceHelp')}
              required={isAsked}
              value={value.reference}
              error={problem?.fields['conformity.reference'] ?? problem?.fields['conformity']}
              onChange={(event) => {
                onChange({ reference: event.currentTarget.value });
              }}
            />
            <TextInput
              label={t('form.referenceVersion')}
              required={isAsked}
              value={value.referenceVersion}
              error={problem?.fields['conformity.version']}
              onChange={(event) => {
                onChange({ referenceVersion: event.currentTarget.value });
              }}
            />
          </SimpleGrid>
          <Checkbox
            label={t('form.conforms')}
            checked={value.conforms}
            onChange={(event) => {
              onChange({ conforms: event.currentTarget.checked });
            }}
          />
          {value.conforms ? null : (
            <Textarea
              label={t('form.justification')}
              required
              autosize
              value={value.justification}
              error={problem?.fields['conformity.justification']}
              onChange={(event) => {
                onChange({ justification: event.currentTarget.value });
              }}
            />
          )}
        </Stack>
      </Collapse>
    </div>
  );
}
