import { useTranslation } from 'react-i18next';

import { useAccountNamed, useOrganisationNamed, usePatientNamed, usePersonNamed } from '../api/names';
import { ageOn, dateFormat } from '../formats';
import { Group, Text } from '../ui';
import { actorParts, isOneself, shortSubject } from './actor';
import { usePlace, useSession } from './session-context';

/** `LEROY Jeanne, 71 ans`; "masked" for who may not know the name. */
export function PatientName({ id, withAge = true }: { readonly id: string; readonly withAge?: boolean }) {
  const { t } = useTranslation('shell');
  const { now } = usePlace();
  const patient = usePatientNamed(id);
  if (patient === undefined) return <span aria-busy="true">…</span>;
  if (patient === null) return <span>{t('names.masked')}</span>;
  const name = `${patient.familyName.toLocaleUpperCase()} ${patient.givenNames.join(' ')}`;
  return (
    <span className="name">
      {withAge ? `${name}, ${t('palette.years', { count: ageOn(patient.birthDate, now) })}` : name}
    </span>
  );
}

/** A professional's name. */
export function PersonName({ id }: { readonly id: string | undefined }) {
  const { t } = useTranslation('shell');
  const person = usePersonNamed(id);
  if (id === undefined) return <span>{t('names.nobody')}</span>;
  return <span className="name">{person === undefined ? '…' : (person?.name ?? t('names.unknown'))}</span>;
}

/** A place of care's name. */
export function OrganisationName({ id }: { readonly id: string }) {
  const { t } = useTranslation('shell');
  const organisation = useOrganisationNamed(id);
  return <span>{organisation === undefined ? '…' : (organisation?.name ?? t('names.unknown'))}</span>;
}

/** Somebody who acted, by what a service has written of them: a name, "you" for oneself, or a program. */
export function Actor({ subject: written }: { readonly subject: string }) {
  const { t } = useTranslation('shell');
  const parts = actorParts(written);
  switch (parts.kind) {
    case 'program':
      return <span>{t('names.program', { name: parts.name })}</span>;
    case 'words':
      return <span>{parts.text}</span>;
    case 'account':
      return (
        <span>
          <Account subject={parts.subject} />
          {parts.actingFor === undefined ? null : (
            <>
              {' '}
              {t('names.actingFor')} <Account subject={parts.actingFor} />
            </>
          )}
        </span>
      );
  }
}

function Account({ subject }: { readonly subject: string }) {
  const { t } = useTranslation('shell');
  const { person } = useSession();
  const isOwn = isOneself(subject, person.subject);
  const account = useAccountNamed(isOwn ? undefined : subject);
  if (isOwn) return <span>{t('names.you')}</span>;
  if (account === undefined) return <span aria-busy="true">…</span>;
  if (account === null) return <span>{t('names.account', { account: shortSubject(subject) })}</span>;
  return <span className="name">{account.name}</span>;
}

/** Whom a screen is about, at its top, always in sight: name, birth date, age and sex, so that no one is taken for another. */
export function IdentityBanner({ patientId }: { readonly patientId: string }) {
  const { t } = useTranslation('shell');
  const { now, language } = usePlace();
  const patient = usePatientNamed(patientId);
  if (patient === undefined || patient === null) return <PatientName id={patientId} />;
  const sex = patient.sex === 'female' || patient.sex === 'male' ? patient.sex : 'other';
  const birth = dateFormat(language, { dateStyle: 'long', timeZone: 'UTC' });
  return (
    <Group
      className="paper stays-in-sight"
      px="md"
      py={6}
      gap="2px var(--mantine-spacing-lg)"
      role="region"
      aria-label={t('names.identity')}
      style={{ position: 'sticky', top: 54, zIndex: 50, borderInlineStart: '4px solid var(--ariane-thread)' }}
    >
      <Text fw={680}>
        {patient.familyName.toLocaleUpperCase()} {patient.givenNames.join(' ')}
      </Text>
      <Text size="sm">
        {t(`names.born.${sex}`, { date: birth.format(new Date(`${patient.birthDate}T12:00:00Z`)) })} ·{' '}
        {t('palette.years', { count: ageOn(patient.birthDate, now) })}
      </Text>
      <Text size="sm">{t(`names.sex.${sex}`)}</Text>
    </Group>
  );
}
