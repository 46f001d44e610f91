import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useCommand } from '../../api/queries';
import { countText } from '../../formats';
import { ReadAge, useIsTooOld } from '../../shell/read-age';
import { useHasRole, usePlace } from '../../shell/session-context';
import { Anchor, Button, Failure, Group, Stack, StatusMark, Text, Textarea, tell } from '../../ui';
import { type FinancePlace, going } from './place';
import { type Checklist, type ClosingItem, closingItems, type Period } from './types';

const REASON_LENGTH_MIN = 3;

const leadsTo: Readonly<Record<ClosingItem, string>> = {
  MISSING_EVIDENCE: '/finance/$book/analysis',
  PENDING_ENTRIES: '/finance/$book/detail',
  OPEN_DISPUTES: '/finance/disputes',
  UNPOSTED_DELTAS: '/finance/contracts',
};

export interface ClosingChecklistProps {
  readonly list: Checklist;
  readonly period: Period;
  readonly place: FinancePlace;
  readonly readAtMs: number;
  readonly onReadAgain: () => void;
}

/** What is left over at the end of a month: each is put right at its source, or waived with a reason. */
export function ClosingChecklist({ list, period, place, readAtMs, onReadAgain }: ClosingChecklistProps) {
  const { t } = useTranslation('finance');
  const { now, language } = usePlace();
  const mayPrepare = useHasRole('finance', 'finance-approver');
  const [reasons, setReasons] = useState<Partial<Record<ClosingItem, string>>>({});
  const isStale = useIsTooOld(readAtMs);
  const prepare = useCommand<readonly { readonly item: ClosingItem; readonly reason: string }[]>({
    path: `${place.path}/periods/${place.month}/closing`,
    body: (waivers) => ({ waivers }),
    changes: ['/api/capitation/books'],
    onDone: () => {
      tell(t('close.prepared'));
    },
  });
  const isOver = place.month < now.slice(0, 7);
  const left = closingItems.filter((item) => list[item] > 0);
  const reasonOf = (item: ClosingItem): string =>
    reasons[item] ?? period.waivers.find((one) => one.item === item)?.reason ?? '';
  const isReady = left.every((item) => reasonOf(item).trim().length >= REASON_LENGTH_MIN);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        prepare.mutate(left.map((item) => ({ item, reason: reasonOf(item).trim() })));
      }}
    >
      <Stack gap="md">
        {closingItems.map((item) => (
          <Stack key={item} gap={4}>
            <Group justify="space-between" wrap="nowrap">
              <Anchor
                component={Link}
                {...going(leadsTo[item], { book: place.book }, { month: place.month })}
                size="sm"
              >
                {t(`item.${item}`)}
              </Anchor>
              {list[item] === 0 ? (
                <StatusMark tone="done">{t('close.none')}</StatusMark>
              ) : (
                <StatusMark tone="late">
                  {t('close.left', { count: list[item], number: countText(list[item], language) })}
                </StatusMark>
              )}
            </Group>
            <Text size="xs" c="dimmed">
              {t(`itemText.${item}`)}
            </Text>
            {list[item] === 0 || !mayPrepare || period.state === 'CLOSED' ? null : (
              <Textarea
                size="sm"
                autosize
                minRows={1}
                maxLength={500}
                label={t('close.waiver', { item: t(`item.${item}`) })}
                placeholder={t('close.waiverHint')}
                value={reasonOf(item)}
                onChange={(event) => {
                  const { value } = event.currentTarget;
                  setReasons((before) => ({ ...before, [item]: value }));
                }}
              />
            )}
          </Stack>
        ))}
        {prepare.error === null ? null : <Failure error={prepare.error} />}
        {!mayPrepare || period.state === 'CLOSED' ? null : (
          <Group justify="space-between" align="center">
            <ReadAge readAtMs={readAtMs} onReadAgain={onReadAgain} />
            <Button type="submit" loading={prepare.isPending} disabled={!isOver || !isReady || isStale}>
              {period.state === 'CLOSING' ? t('close.prepareAgain') : t('close.prepare')}
            </Button>
          </Group>
        )}
        {isOver || period.state === 'CLOSED' ? null : <Text size="sm">{t('close.notOver')}</Text>}
        {isReady || !isOver || period.state === 'CLOSED' ? null : <Text size="sm">{t('close.needsReasons')}</Text>}
      </Stack>
    </form>
  );
}
