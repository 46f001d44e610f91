import { useTranslation } from 'react-i18next';

import { useRead } from '../../api/queries';
import { PersonSelect } from '../../shell/person-select';
import { useSession } from '../../shell/session-context';
import { Button, Loaded, Select, SimpleGrid, Stack, Text } from '../../ui';
import { useCareWords } from '../care/care-words';
import type { ProtocolVersion } from '../protocols/protocol-types';
import type { EnrolPartProps } from './enrol-patient';
import { membersIn } from './enrolment-form';
import { grounds } from './join-form';

/** Who cares: somebody for each role of the protocol, as far as they are known, and the ground on which they share. */
export function EnrolTeam({ form, change, errors }: EnrolPartProps) {
  const { t } = useTranslation('enrolment');
  const words = useCareWords();
  const { practitionerId } = useSession();
  const read = useRead<{ readonly items: readonly ProtocolVersion[] }>('/api/pathways/protocols');
  const put = (role: string, id: string): void => {
    change({ team: { ...form.team, [role]: id } });
  };
  const places = membersIn(form.team).map(([role]) => role);
  const errorOf = (role: string): string | undefined => {
    const at = `careTeam.${String(places.indexOf(role))}`;
    return errors[`${at}.practitionerId`] ?? errors[`${at}.role`];
  };
  return (
    <Loaded read={read} rows={4}>
      {({ items }) => {
        const roles = Object.entries(items.findLast(({ id }) => id === form.protocolId)?.roles ?? {});
        return (
          <Stack>
            <Text size="sm" c="dimmed">
              {t('team.lead')}
            </Text>
            {practitionerId !== undefined && (form.team['IDEC'] ?? '') === '' ? (
              <div>
                <Button
                  size="compact-sm"
                  variant="default"
                  onClick={() => {
                    put('IDEC', practitionerId);
                  }}
                >
                  {t('team.me')}
                </Button>
              </div>
            ) : null}
            <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }}>
              {roles.map(([role, label]) => (
                <PersonSelect
                  key={role}
                  label={label}
                  value={form.team[role] === '' ? undefined : form.team[role]}
                  error={errorOf(role)}
                  onChange={(id = '') => {
                    put(role, id);
                  }}
                />
              ))}
            </SimpleGrid>
            <Select
              label={t('team.ground')}
              description={t('team.groundHint')}
              required
              maw={420}
              allowDeselect={false}
              data={grounds.map((ground) => ({ value: ground, label: words.ground(ground) }))}
              value={form.ground}
              error={errors['careTeam.0.ground']}
              onChange={(ground) => {
                change({ ground: ground ?? grounds[0] });
              }}
            />
          </Stack>
        );
      }}
    </Loaded>
  );
}
