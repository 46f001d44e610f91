import { useTranslation } from 'react-i18next';

import { useRead } from '../../api/queries';
import { useRowKeys } from '../../shell/list-keys';
import { useShortcuts } from '../../shell/shortcuts';
import { Box, Loaded, Stack } from '../../ui';
import { AccountLevel } from './detail-accounts';
import { EntryLevel } from './detail-entries';
import { FileLevel } from './detail-files';
import { LevelPath } from './detail-path';
import { ReasonLevel } from './detail-reasons';
import { FinancePage } from './finance-page';
import { type FinancePlace, useFilters } from './place';
import type { AccountRow } from './types';

/** From a month's total down to its accounts, reasons, files and entries, by the same steps everywhere. */
export function Detail() {
  const { t } = useTranslation('finance');
  return (
    <FinancePage title={t('detail.title')} section="detail" hasMonth>
      {(place) => <Levels place={place} />}
    </FinancePage>
  );
}

function Levels({ place }: { readonly place: FinancePlace }) {
  const { t } = useTranslation('finance');
  const [filters, change] = useFilters();
  const { account, code, file } = filters;
  const accounts = useRead<{ readonly items: readonly AccountRow[] }>(`${place.path}/periods/${place.month}/accounts`);
  const up = (): void => {
    if (file !== undefined) change({ file: undefined });
    else if (code !== undefined) change({ code: undefined });
    else if (account !== undefined) change({ account: undefined });
    else change({ kind: undefined });
  };
  useRowKeys();
  useShortcuts([{ keys: 'h', label: t('keys.up'), run: up }]);
  return (
    <Loaded read={accounts}>
      {({ items }) => (
        <Stack gap="md">
          <LevelPath place={place} accounts={items} />
          <Box className="paper" p="md">
            {account === undefined ? (
              <AccountLevel items={items} place={place} />
            ) : code === undefined ? (
              <ReasonLevel place={place} account={account} />
            ) : file === undefined ? (
              <FileLevel place={place} account={account} code={code} />
            ) : (
              <EntryLevel place={place} account={account} code={code} file={file} />
            )}
          </Box>
        </Stack>
      )}
    </Loaded>
  );
}
