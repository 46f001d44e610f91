import { useTranslation } from 'react-i18next';

import { usePages } from '../../api/queries';
import { useRowKeys } from '../../shell/list-keys';
import { Loaded, Panel, Stack, Text } from '../../ui';
import { sumOf } from './amounts';
import { EntryRows } from './entry-rows';
import { FinancePage } from './finance-page';
import { Money } from './money';
import { Party } from './party';
import { usePathName } from './place';
import { paidByParty } from './paid-by-party';
import type { Entry } from './types';

/** What an act paid: from a visit back to every entry that rests on it. */
export function EventScreen() {
  const { t } = useTranslation('finance');
  const event = usePathName('event');
  const read = usePages<Entry>(`/api/capitation/events/${encodeURIComponent(event)}/entries`);
  useRowKeys();
  return (
    <FinancePage
      title={t('event.title')}
      section="detail"
      crumbs={[{ label: t('detail.title'), to: '/finance' }, { label: t('event.crumb') }]}
    >
      {({ currency }) => (
        <Stack gap="md">
          <Text size="sm" c="dimmed">
            {t('event.lead')}
          </Text>
          <Loaded read={read}>
            {(items) => {
              const parties = paidByParty(items);
              return (
                <>
                  {parties.length === 0 ? null : (
                    <Panel title={read.hasNextPage ? t('event.paidSoFar') : t('event.paid')}>
                      <Stack component="ul" gap={4} m={0} p={0} style={{ listStyle: 'none' }}>
                        {parties.map(({ party, amounts }) => (
                          <Text component="li" size="sm" key={party}>
                            <Party id={party} /> <Money of={sumOf(amounts, currency)} isStrong />
                          </Text>
                        ))}
                      </Stack>
                    </Panel>
                  )}
                  <Panel title={t('event.entries')}>
                    <EntryRows
                      caption={t('event.entries')}
                      items={items}
                      onMore={read.hasNextPage ? () => void read.fetchNextPage() : undefined}
                      isLoadingMore={read.isFetchingNextPage}
                    />
                  </Panel>
                </>
              );
            }}
          </Loaded>
        </Stack>
      )}
    </FinancePage>
  );
}
