import { useTranslation } from 'react-i18next';

import type { PathwayWhole } from '../../api/care';
import { useCommand } from '../../api/queries';
import { useDraft } from '../../shell/draft';
import { PersonSelect } from '../../shell/person-select';
import { Button, Failure, Group, Panel, Select, tell } from '../../ui';
import { useCareWords } from '../care/care-words';

export const grounds = ['same-establishment', 'patient-designated', 'regulated-team'] as const;

/** Adds a professional to the care team, in a role of the protocol and on a ground of the law. */
export function JoinForm({ pathway }: { readonly pathway: PathwayWhole }) {
  const { t } = useTranslation('pathways');
  const words = useCareWords();
  const draft = useDraft(`join ${pathway.id}`, { practitionerId: '', role: '', ground: 'same-establishment' });
  const { value } = draft;
  const join = useCommand<typeof value>({
    path: `/api/pathways/pathways/${pathway.id}/care-team`,
    body: (member) => member,
    changes: ['/api/pathways'],
  });
  const errors = join.error?.fields ?? {};
  const roles = [...new Set([...pathway.steps.map(({ role }) => role), 'coordinator'])].filter((role) => role !== '');
  const hasField = Object.keys(errors).length > 0;
  return (
    <Panel title={t('team.join')}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          join.mutate(value, {
            onSuccess: () => {
              tell(t('team.joined'));
              draft.clear();
            },
          });
        }}
      >
        <Group align="flex-end" grow preventGrowOverflow={false}>
          <PersonSelect
            label={t('team.person')}
            isRequired
            value={value.practitionerId === '' ? undefined : value.practitionerId}
            error={errors['practitionerId']}
            onChange={(practitionerId = '') => {
              draft.change({ practitionerId });
            }}
          />
          <Select
            label={t('form.role')}
            required
            searchable
            data={roles.map((role) => ({ value: role, label: words.teamRole(role) }))}
            value={value.role === '' ? null : value.role}
            error={errors['role']}
            onChange={(role) => {
              draft.change({ role: role ?? '' });
            }}
          />
          <Select
            label={t('team.ground')}
            required
            allowDeselect={false}
            data={grounds.map((ground) => ({ value: ground, label: words.ground(ground) }))}
            value={value.ground}
            error={errors['ground']}
            onChange={(ground) => {
              draft.change({ ground: ground ?? grounds[0] });
            }}
          />
          <Button type="submit" loading={join.isPending} disabled={value.practitionerId === '' || value.role === ''}>
            {t('team.add')}
          </Button>
        </Group>
        {join.error === null || hasField ? null : <Failure error={join.error} />}
      </form>
    </Panel>
  );
}
