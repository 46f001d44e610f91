import { useTranslation } from 'react-i18next';

import { PatientName } from '../../shell/names';
import { Button, Group, Notice, Select, SegmentedControl, Stack, Text, TextInput } from '../../ui';
import { DayField } from './day-field';
import { type EnrolmentForm, identifierSystems, type NewPatient } from './enrolment-form';
import { PatientSearch } from './patient-search';

export interface EnrolPartProps {
  readonly form: EnrolmentForm;
  readonly change: (changes: Partial<EnrolmentForm>) => void;
  /** What the services refused, by field. */
  readonly errors: Readonly<Record<string, string>>;
}

const sexes = ['female', 'male', 'unknown'] as const;

/** Who it is: somebody of the register, or somebody new in it. */
export function EnrolPatient({ form, change, errors }: EnrolPartProps) {
  const { t } = useTranslation('enrolment');
  const isRegistered = form.taken.includes('patient');
  if (isRegistered) return <Notice color="lagoon">{t('patient.registered')}</Notice>;
  return (
    <Stack>
      <SegmentedControl
        aria-label={t('patient.which')}
        data={(['known', 'new'] as const).map((value) => ({ value, label: t(`patient.${value}`) }))}
        value={form.isNew ? 'new' : 'known'}
        onChange={(value) => {
          change({ isNew: value === 'new' });
        }}
      />
      {form.isNew ? (
        <Register form={form} change={change} errors={errors} />
      ) : form.patientId === '' ? (
        <PatientSearch
          onChoose={({ id }) => {
            change({ patientId: id });
          }}
        />
      ) : (
        <Group>
          <Text fw={640}>
            <PatientName id={form.patientId} />
          </Text>
          <Button
            size="compact-sm"
            variant="default"
            onClick={() => {
              change({ patientId: '' });
            }}
          >
            {t('patient.other')}
          </Button>
        </Group>
      )}
      {errors['patientId'] === undefined ? null : <Text c="var(--ariane-urgent)">{errors['patientId']}</Text>}
    </Stack>
  );
}

function Register({ form, change, errors }: EnrolPartProps) {
  const { t } = useTranslation('enrolment');
  const { patient } = form;
  const put = (changes: Partial<NewPatient>): void => {
    change({ patient: { ...patient, ...changes } });
  };
  return (
    <Stack>
      <Text size="sm" c="dimmed">
        {t('patient.searchFirst')}
      </Text>
      <Group grow align="flex-start" preventGrowOverflow={false}>
        <TextInput
          label={t('patient.familyName')}
          required
          maxLength={120}
          autoComplete="off"
          value={patient.familyName}
          error={errors['familyName']}
          onChange={(event) => {
            put({ familyName: event.currentTarget.value });
          }}
        />
        <TextInput
          label={t('patient.givenNames')}
          required
          autoComplete="off"
          value={patient.givenNames}
          error={errors['givenNames'] ?? errors['givenNames.0']}
          onChange={(event) => {
            put({ givenNames: event.currentTarget.value });
          }}
        />
      </Group>
      <Group grow align="flex-start" preventGrowOverflow={false}>
        <DayField
          label={t('patient.birthDate')}
          isRequired
          value={patient.birthDate}
          error={errors['birthDate']}
          onChange={(birthDate) => {
            put({ birthDate });
          }}
        />
        <Select
          label={t('patient.sex')}
          required
          allowDeselect={false}
          data={sexes.map((value) => ({ value, label: t(`sex.${value}`) }))}
          value={patient.sex}
          error={errors['sex']}
          onChange={(sex) => {
            put({ sex: sexes.find((one) => one === sex) ?? 'unknown' });
          }}
        />
        <Select
          label={t('patient.language')}
          required
          allowDeselect={false}
          data={(['fr', 'en'] as const).map((value) => ({ value, label: t(`language.${value}`) }))}
          value={patient.language}
          error={errors['language']}
          onChange={(language) => {
            put({ language: language ?? 'fr' });
          }}
        />
      </Group>
      <Group grow align="flex-start" preventGrowOverflow={false}>
        <Select
          label={t('patient.system')}
          description={t('patient.systemHint')}
          allowDeselect={false}
          data={identifierSystems.map((value, index) => ({
            value,
            label: t(`system.${(['local', 'test', 'demo'] as const)[index] ?? 'local'}`),
          }))}
          value={patient.system}
          error={errors['identifiers.0.system']}
          onChange={(system) => {
            put({ system: system ?? identifierSystems[0] });
          }}
        />
        <TextInput
          label={t('patient.identifier')}
          description={t('patient.identifierHint')}
          autoComplete="off"
          value={patient.identifier}
          error={errors['identifiers.0.value'] ?? errors['identifiers']}
          onChange={(event) => {
            put({ identifier: event.currentTarget.value });
          }}
        />
      </Group>
    </Stack>
  );
}
