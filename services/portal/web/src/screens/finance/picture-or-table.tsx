import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { Panel, SegmentedControl, Stack } from '../../ui';

export interface PictureOrTableProps {
  readonly title: string;
  readonly picture: ReactNode;
  readonly table: ReactNode;
  readonly more?: ReactNode;
}

/** A picture, and the same as a table: whoever would rather read than look changes over. */
export function PictureOrTable({ title, picture, table, more }: PictureOrTableProps) {
  const { t } = useTranslation('finance');
  const [shown, setShown] = useState('picture');
  return (
    <Panel
      title={title}
      actions={
        <SegmentedControl
          size="xs"
          aria-label={t('show', { title })}
          data={[
            { value: 'picture', label: t('picture') },
            { value: 'table', label: t('table') },
          ]}
          value={shown}
          onChange={setShown}
        />
      }
    >
      <Stack gap="sm">
        {shown === 'picture' ? picture : table}
        {more}
      </Stack>
    </Panel>
  );
}
