import { useTranslation } from 'react-i18next';

import { useRead } from '../../api/queries';
import { Facts, Loaded, Panel, Stack } from '../../ui';
import { EntryRows } from './entry-rows';
import { Money } from './money';
import type { Line } from './types';

/** All that was ever posted for one line: what it aims at, and each correction on the way. */
export function Revisions({ lineKey }: { readonly lineKey: string }) {
  const { t } = useTranslation('finance');
  const read = useRead<Line>(`/api/capitation/lines/${encodeURIComponent(lineKey)}`);
  return (
    <Panel title={t('entry.revisions')}>
      <Loaded read={read}>
        {(line) => (
          <Stack gap="sm">
            <Facts
              rows={[
                [t('entry.target'), <Money key="target" of={line.target} isStrong />],
                [t('entry.postedSum'), <Money key="posted" of={line.posted} isStrong />],
              ]}
            />
            <EntryRows caption={t('entry.revisions')} items={line.revisions} onMore={undefined} isLoadingMore={false} />
          </Stack>
        )}
      </Loaded>
    </Panel>
  );
}
