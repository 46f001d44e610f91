import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { type Page as Items, useCommand, useRead } from '../../api/queries';
import { Button, Failure, Group, Panel, Select, SegmentedControl, Stack, tell, Text, TextInput } from '../../ui';
import type { Channel, HolderKind } from './link-types';

const kinds: readonly HolderKind[] = ['patient', 'trusted-person', 'carer', 'practitioner'];

interface Wanted {
  readonly id: string;
  readonly patientId: string;
  readonly holder: HolderKind;
  readonly name?: string;
  readonly practitionerId?: string;
  readonly pathwayId?: string;
  readonly channel: Channel;
  readonly address: string;
  readonly language: string;
}

interface Pathway {
  readonly id: string;
  readonly team?: readonly { readonly practitionerId: string }[];
}

/** Sends a link. What was typed stays when the server refuses, with its reason at the field. */
export function NewLink({ patientId }: { readonly patientId: string }) {
  const { t } = useTranslation('links');
  const [id, setId] = useState(() => crypto.randomUUID());
  const [holder, setHolder] = useState<HolderKind>('patient');
  const [name, setName] = useState('');
  const [practitionerId, setPractitionerId] = useState<string | null>(null);
  const [channel, setChannel] = useState<Channel>('sms');
  const [address, setAddress] = useState('');
  const [language, setLanguage] = useState('fr');
  const pathways = useRead<Items<Pathway>>(`/api/pathways/pathways?patientId=${patientId}`);
  const make = useCommand<Wanted>({
    path: '/api/patient-links',
    body: (input) => input,
    changes: ['/api/patient-links'],
    onDone: () => {
      tell(t('made'));
      setId(crypto.randomUUID());
      setAddress('');
    },
  });
  const isNamed = holder === 'trusted-person' || holder === 'carer';
  const isShared = holder === 'carer' || holder === 'practitioner';
  const pathwayId = pathways.data?.items[0]?.id;
  const send = (): void => {
    make.mutate({
      ...{ id, patientId, holder, channel, address: address.trim(), language },
      ...(isNamed ? { name: name.trim() } : {}),
      ...(holder === 'practitioner' && practitionerId !== null ? { practitionerId } : {}),
      ...(isShared && pathwayId !== undefined ? { pathwayId } : {}),
    });
  };
  const fields = make.error?.fields ?? {};
  return (
    <Panel title={t('new.title')}>
      <Stack maw="32rem">
        <Select
          label={t('new.holder')}
          data={kinds.map((value) => ({ value, label: t(`holder.${value}`) }))}
          value={holder}
          allowDeselect={false}
          onChange={(chosen) => {
            setHolder(kinds.find((one) => one === chosen) ?? 'patient');
          }}
        />
        {isNamed ? (
          <TextInput
            label={t('new.name')}
            value={name}
            error={fields['name']}
            onChange={(event) => {
              setName(event.currentTarget.value);
            }}
          />
        ) : null}
        {holder === 'practitioner' ? (
          <TeamMember
            pathwayId={pathwayId}
            value={practitionerId}
            error={fields['practitionerId']}
            onChange={setPractitionerId}
          />
        ) : null}
        <AddressFields
          channel={channel}
          address={address}
          error={fields['address']}
          onChannel={setChannel}
          onAddress={setAddress}
        />
        <LanguageField value={language} onChange={setLanguage} />
        {make.error === null || Object.keys(fields).length > 0 ? null : <Failure error={make.error} />}
        <Text size="sm" c="dimmed">
          {t('new.hint')}
        </Text>
        <Group>
          <Button onClick={send} loading={make.isPending}>
            {t('new.send')}
          </Button>
        </Group>
      </Stack>
    </Panel>
  );
}

interface LanguageFieldProps {
  readonly value: string;
  readonly onChange: (language: string) => void;
}

function LanguageField({ value, onChange }: LanguageFieldProps) {
  const { t } = useTranslation('links');
  return (
    <Select
      label={t('new.language')}
      data={[
        { value: 'fr', label: 'Français' },
        { value: 'en', label: 'English' },
      ]}
      value={value}
      allowDeselect={false}
      onChange={(chosen) => {
        onChange(chosen ?? 'fr');
      }}
    />
  );
}

interface AddressFieldsProps {
  readonly channel: Channel;
  readonly address: string;
  readonly error: string | undefined;
  readonly onChannel: (channel: Channel) => void;
  readonly onAddress: (address: string) => void;
}

function AddressFields({ channel, address, error, onChannel, onAddress }: AddressFieldsProps) {
  const { t } = useTranslation('links');
  return (
    <>
      <SegmentedControl
        aria-label={t('new.channel')}
        data={(['sms', 'email'] as const).map((value) => ({ value, label: t(`channel.${value}`) }))}
        value={channel}
        onChange={(chosen) => {
          onChannel(chosen === 'email' ? 'email' : 'sms');
        }}
      />
      <TextInput
        label={t(`new.address.${channel}`)}
        type={channel === 'email' ? 'email' : 'tel'}
        value={address}
        error={error}
        onChange={(event) => {
          onAddress(event.currentTarget.value);
        }}
      />
    </>
  );
}

interface TeamMemberProps {
  readonly pathwayId: string | undefined;
  readonly value: string | null;
  readonly error: string | undefined;
  readonly onChange: (id: string | null) => void;
}

/** Of the care team only: whoever is not in it has no right to the plan. */
function TeamMember({ pathwayId, value, error, onChange }: TeamMemberProps) {
  const { t } = useTranslation('links');
  const pathway = useRead<Pathway>(`/api/pathways/pathways/${pathwayId ?? ''}`, { isEnabled: pathwayId !== undefined });
  const directory = useRead<Items<{ readonly id: string; readonly name: string }>>(
    '/api/pathways/practitioners?limit=200',
  );
  const team = new Set(pathway.data?.team?.map((member) => member.practitionerId));
  const people = (directory.data?.items ?? []).filter(({ id }) => team.has(id));
  return (
    <Select
      label={t('new.practitioner')}
      data={people.map(({ id, name }) => ({ value: id, label: name }))}
      value={value}
      error={error}
      onChange={onChange}
    />
  );
}
