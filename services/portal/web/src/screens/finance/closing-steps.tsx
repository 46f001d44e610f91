import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useCommand } from '../../api/queries';
import { instantText } from '../../formats';
import { ReadAge, useIsTooOld } from '../../shell/read-age';
import { useHasRole, usePlace, useSession } from '../../shell/session-context';
import { Anchor, Button, ConfirmDialog, Failure, Facts, Group, Panel, Stack, StatusMark, Text, tell } from '../../ui';
import { Actor } from './party';
import { type FinancePlace, going } from './place';
import { Hash } from './proof-panel';
import type { Period } from './types';

const APPROVALS = 2;

export interface ClosingStepsProps {
  readonly period: Period;
  readonly place: FinancePlace;
  readonly readAtMs: number;
  readonly onReadAgain: () => void;
}

/** Prepared by one, approved by two others, sealed: who did what, and what the reader may do. */
export function ClosingSteps(props: ClosingStepsProps) {
  const { t } = useTranslation('finance');
  const { period, place } = props;
  return (
    <Stack gap="md">
      <Panel title={t('close.persons')}>
        <Stack gap="sm">
          <Persons period={period} />
          {period.state === 'CLOSING' ? <Approve {...props} /> : null}
        </Stack>
      </Panel>
      {period.state === 'CLOSED' ? <Sealed period={period} place={place} /> : null}
    </Stack>
  );
}

function Persons({ period }: { readonly period: Period }) {
  const { t } = useTranslation('finance');
  const place = usePlace();
  const { preparedBy, preparedAt, approvals } = period;
  const when = (at: string | null): string => (at === null ? '' : instantText(at, place.now, place));
  return (
    <Stack component="ol" gap="xs" m={0} p={0} style={{ listStyle: 'none' }}>
      <li>
        <StatusMark tone={preparedBy === null ? 'calm' : 'done'}>{t('close.step.prepared')}</StatusMark>{' '}
        <Text span size="sm">
          {preparedBy === null ? t('close.nobodyYet') : <Actor subject={preparedBy} />} {when(preparedAt)}
        </Text>
      </li>
      {Array.from({ length: APPROVALS }, (_, index) => {
        const approval = approvals[index];
        return (
          <li key={index}>
            <StatusMark tone={approval === undefined ? 'calm' : 'done'}>
              {t('close.step.approved', { number: index + 1 })}
            </StatusMark>{' '}
            <Text span size="sm">
              {approval === undefined ? t('close.nobodyYet') : <Actor subject={approval.by} />}{' '}
              {when(approval?.at ?? null)}
            </Text>
          </li>
        );
      })}
      {period.waivers.map(({ item, reason }) => (
        <Text component="li" size="sm" key={item}>
          {t('close.waived', { item: t(`item.${item}`), reason })}
        </Text>
      ))}
    </Stack>
  );
}

/** Why somebody may not approve, in a sentence; undefined for who may. */
function useWhyNot(period: Period): string | undefined {
  const { t } = useTranslation('finance');
  const { person } = useSession();
  const isApprover = useHasRole('finance-approver');
  if (!isApprover) return t('close.why.role');
  if (period.preparedBy === person.subject) return t('close.why.prepared');
  return period.approvals.some(({ by }) => by === person.subject) ? t('close.why.approved') : undefined;
}

function Approve({ period, place, readAtMs, onReadAgain }: ClosingStepsProps) {
  const { t } = useTranslation('finance');
  const whyNot = useWhyNot(period);
  const mayAbandon = useHasRole('finance', 'finance-approver');
  const isStale = useIsTooOld(readAtMs);
  const [isAsking, setAsking] = useState<'approve' | 'abandon'>();
  const month = `${place.path}/periods/${place.month}`;
  const close = (): void => {
    setAsking(undefined);
  };
  const approve = useCommand({
    path: `${month}/approvals`,
    changes: ['/api/capitation/books'],
    onDone: () => {
      tell(t('close.approvedNow'));
      close();
    },
  });
  const abandon = useCommand({
    path: `${month}/abandonments`,
    changes: ['/api/capitation/books'],
    onDone: () => {
      tell(t('close.abandoned'));
      close();
    },
  });
  return (
    <>
      {whyNot === undefined ? null : <Text size="sm">{whyNot}</Text>}
      <ReadAge readAtMs={readAtMs} onReadAgain={onReadAgain} />
      <Group>
        {whyNot === undefined ? (
          <Button
            disabled={isStale}
            onClick={() => {
              setAsking('approve');
            }}
          >
            {t('close.approve')}
          </Button>
        ) : null}
        {mayAbandon ? (
          <Button
            variant="default"
            onClick={() => {
              setAsking('abandon');
            }}
          >
            {t('close.abandon')}
          </Button>
        ) : null}
      </Group>
      {approve.error === null || isAsking === 'approve' ? null : <Failure error={approve.error} />}
      <ConfirmDialog
        isOpen={isAsking === 'approve'}
        title={t('close.approve')}
        confirmLabel={t('close.approveNow')}
        isBusy={approve.isPending}
        error={approve.error}
        onConfirm={() => {
          approve.mutate();
        }}
        onClose={close}
      >
        {t(period.approvals.length + 1 >= APPROVALS ? 'close.approveLast' : 'close.approveFirst')}
      </ConfirmDialog>
      <ConfirmDialog
        isOpen={isAsking === 'abandon'}
        title={t('close.abandon')}
        confirmLabel={t('close.abandonNow')}
        isBusy={abandon.isPending}
        error={abandon.error}
        onConfirm={() => {
          abandon.mutate();
        }}
        onClose={close}
      >
        {t('close.abandonText')}
      </ConfirmDialog>
    </>
  );
}

function Sealed({ period, place }: Pick<ClosingStepsProps, 'period' | 'place'>) {
  const { t } = useTranslation('finance');
  const here = usePlace();
  return (
    <Panel title={t('close.sealed')}>
      <Stack gap="sm">
        <Facts
          rows={[
            [t('close.closedAt'), period.closedAt === null ? '' : instantText(period.closedAt, here.now, here)],
            [t('close.lastEntry'), String(period.closedSeq ?? '')],
            [t('proof.hash'), <Hash key="hash" of={period.hash ?? ''} />],
            [t('proof.root'), <Hash key="root" of={period.root ?? ''} />],
          ]}
        />
        <Anchor
          component={Link}
          {...going('/finance/$book/statements', { book: place.book }, { month: place.month })}
          size="sm"
        >
          {t('close.toStatements')}
        </Anchor>
      </Stack>
    </Panel>
  );
}
