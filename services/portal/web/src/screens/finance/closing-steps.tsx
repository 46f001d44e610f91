import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';

import { instantText } from '../../formats';
import { Actor } from '../../shell/names';
import { usePlace } from '../../shell/session-context';
import { Anchor, Facts, Panel, Stack, StatusMark, Text } from '../../ui';
import { ApprovalActs } from './approval-acts';
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

function Approve({ period, place, readAtMs, onReadAgain }: ClosingStepsProps) {
  const { t } = useTranslation('finance');
  const month = `${place.path}/periods/${place.month}`;
  return (
    <ApprovalActs
      prepared={period}
      readAtMs={readAtMs}
      onReadAgain={onReadAgain}
      approve={{
        path: `${month}/approvals`,
        label: t('close.approve'),
        confirmLabel: t('close.approveNow'),
        text: t(period.approvals.length + 1 >= APPROVALS ? 'close.approveLast' : 'close.approveFirst'),
        done: t('close.approvedNow'),
      }}
      takeBack={{
        path: `${month}/abandonments`,
        label: t('close.abandon'),
        confirmLabel: t('close.abandonNow'),
        text: t('close.abandonText'),
        done: t('close.abandoned'),
      }}
    />
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
