import { memo, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useCommand, useRead } from '../../api/queries';
import { Button, Failure, Group, Menu, Modal, Stack, Switch, tell, TextInput } from '../../ui';
import type { Filters } from './work-queue';

const AREA = 'my-day';
const PATH = '/api/views';

interface SavedView {
  readonly id: string;
  readonly name: string;
  readonly search: Readonly<Record<string, string>>;
  readonly isShared: boolean;
  readonly isMine: boolean;
}

export interface SavedViewsProps {
  readonly search: Filters & { readonly queue?: string };
  readonly onOpen: (search: Readonly<Record<string, string>>) => void;
}

/** Filters kept under a name. Where the portal keeps none, there is nothing to see. */
export const SavedViews = memo(function SavedViews({ search, onOpen }: SavedViewsProps) {
  const { t } = useTranslation('myDay');
  const [isSaving, setSaving] = useState(false);
  const read = useRead<{ readonly items: readonly SavedView[] }>(`${PATH}?area=${AREA}`);
  const remove = useCommand<{ readonly id: string }>({
    ...{ path: ({ id }) => `${PATH}/${id}`, method: 'DELETE', changes: [PATH] },
  });
  const { data } = read;
  if (data === undefined) return null;
  const mine = data.items.filter(({ isMine }) => isMine);
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button size="xs" variant="default">
            {t('views.title')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {data.items.map((view) => (
            <Menu.Item
              key={view.id}
              onClick={() => {
                onOpen(view.search);
              }}
            >
              {view.isMine ? view.name : t('views.shared', { name: view.name })}
            </Menu.Item>
          ))}
          <Menu.Item
            onClick={() => {
              setSaving(true);
            }}
          >
            {t('views.save')}
          </Menu.Item>
          {mine.length === 0 ? null : <Menu.Divider />}
          {mine.map((view) => (
            <Menu.Item
              key={`remove ${view.id}`}
              c="red"
              onClick={() => {
                remove.mutate({ id: view.id });
              }}
            >
              {t('views.remove', { name: view.name })}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      {isSaving ? (
        <SaveView
          search={search}
          onClose={() => {
            setSaving(false);
          }}
        />
      ) : null}
    </>
  );
});

function SaveView({ search, onClose }: { readonly search: SavedViewsProps['search']; readonly onClose: () => void }) {
  const { t } = useTranslation('myDay');
  const [id] = useState(() => crypto.randomUUID());
  const [name, setName] = useState('');
  const [isShared, setShared] = useState(false);
  const save = useCommand<{ readonly name: string; readonly isShared: boolean }>({
    ...{ path: `${PATH}/${id}`, method: 'PUT', changes: [PATH] },
    body: (input) => ({ ...input, area: AREA, search: JSON.parse(JSON.stringify(search)) as unknown }), // undefined is left out
    onDone: () => {
      tell(t('views.saved'));
      onClose();
    },
  });
  return (
    <Modal opened onClose={onClose} title={t('views.save')} centered closeButtonProps={{ 'aria-label': t('close') }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate({ name: name.trim(), isShared });
        }}
      >
        <Stack>
          <TextInput
            label={t('views.name')}
            required
            maxLength={80}
            data-autofocus
            value={name}
            error={save.error?.fields['name']}
            onChange={(event) => {
              setName(event.currentTarget.value);
            }}
          />
          <Switch
            label={t('views.share')}
            checked={isShared}
            onChange={(event) => {
              setShared(event.currentTarget.checked);
            }}
          />
          {save.error === null ? null : <Failure error={save.error} />}
          <Group justify="flex-end">
            <Button type="submit" loading={save.isPending} disabled={name.trim() === ''}>
              {t('views.keep')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
