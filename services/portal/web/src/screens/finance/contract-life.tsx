import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { isProblem } from '../../api/problem';
import { useCommand, useRead } from '../../api/queries';
import { dayText } from '../../formats';
import { Actor } from '../../shell/names';
import { ReadAge, useIsTooOld } from '../../shell/read-age';
import { useHasRole, usePlace } from '../../shell/session-context';
import { Button, Checkbox, Failure, Group, Loading, Panel, Stack, StatusMark, Text, tell } from '../../ui';
import { DryRunReport } from './dry-run-report';
import type { Contract, ShownDryRun } from './contract-types';

const changes = ['/api/capitation/payment-contracts', '/api/capitation/books'];

export const versionPath = ({ id, version }: Pick<Contract, 'id' | 'version'>): string =>
  `/api/capitation/payment-contracts/${encodeURIComponent(id)}/versions/${String(version)}`;

/** Drafted, reviewed, tried on real inputs, activated by somebody who has read what it changes. */
export function ContractLife({ contract }: { readonly contract: Contract }) {
  const { t } = useTranslation('finance');
  return (
    <Stack gap="md">
      <Panel title={t('contract.life')}>
        <Steps contract={contract} />
      </Panel>
      <Trial contract={contract} />
    </Stack>
  );
}

function Steps({ contract }: { readonly contract: Contract }) {
  const { t } = useTranslation('finance');
  const place = usePlace();
  const mayReview = useHasRole('finance', 'finance-approver');
  const { reviewedBy, dryRun, approvedBy, activatedAt } = contract;
  const review = useCommand({
    path: `${versionPath(contract)}/review`,
    changes,
    onDone: () => {
      tell(t('contract.reviewedNow'));
    },
  });
  const steps = [
    ['reviewed', reviewedBy, null],
    ['tried', dryRun?.by ?? null, dryRun?.at ?? null],
    ['activated', approvedBy, activatedAt],
  ] as const;
  return (
    <Stack gap="sm">
      <Stack component="ol" gap="xs" m={0} p={0} style={{ listStyle: 'none' }}>
        {steps.map(([step, by, at]) => (
          <li key={step}>
            <StatusMark tone={by === null ? 'calm' : 'done'}>{t(`contract.step.${step}`)}</StatusMark>{' '}
            <Text span size="sm">
              {by === null ? t('close.nobodyYet') : <Actor subject={by} />}
              {at === null ? '' : ` · ${dayText(at, place.now, place)}`}
            </Text>
          </li>
        ))}
      </Stack>
      {contract.status === 'DRAFT' && mayReview ? (
        <Group>
          <Button
            variant="light"
            loading={review.isPending}
            onClick={() => {
              review.mutate();
            }}
          >
            {t('contract.review')}
          </Button>
        </Group>
      ) : null}
      {review.error === null ? null : <Failure error={review.error} />}
    </Stack>
  );
}

function Trial({ contract }: { readonly contract: Contract }) {
  const { t } = useTranslation('finance');
  const mayTry = useHasRole('finance', 'finance-approver');
  const read = useRead<ShownDryRun>(`${versionPath(contract)}/dry-run`);
  const run = useCommand({
    path: `${versionPath(contract)}/dry-runs`,
    body: () => ({}),
    changes,
    onDone: () => {
      tell(t('contract.triedNow'));
    },
  });
  const isMissing = isProblem(read.error) && read.error.status === 404;
  return (
    <Panel title={t('contract.trial')}>
      <Stack gap="md">
        <Text size="sm">{t('contract.trialText')}</Text>
        {mayTry && contract.status !== 'ENDED' ? (
          <Group>
            <Button
              variant="default"
              loading={run.isPending}
              onClick={() => {
                run.mutate();
              }}
            >
              {t(isMissing ? 'contract.try' : 'contract.tryAgain')}
            </Button>
          </Group>
        ) : null}
        {run.error === null ? null : <Failure error={run.error} />}
        {isMissing ? (
          <Text size="sm" c="dimmed">
            {t('contract.notTried')}
          </Text>
        ) : read.data === undefined ? (
          read.error === null ? (
            <Loading rows={3} />
          ) : (
            <Failure error={read.error} onRetry={() => void read.refetch()} />
          )
        ) : (
          <>
            <DryRunReport report={read.data.report} />
            <Activate
              contract={contract}
              sha256={read.data.sha256}
              readAtMs={read.dataUpdatedAt}
              onReadAgain={() => void read.refetch()}
            />
          </>
        )}
      </Stack>
    </Panel>
  );
}

interface ActivateProps {
  readonly contract: Contract;
  readonly sha256: string;
  readonly readAtMs: number;
  readonly onReadAgain: () => void;
}

/** Activated by an approver who says that they have read what it changes; the hash of what they read goes with it. */
function Activate({ contract, sha256, readAtMs, onReadAgain }: ActivateProps) {
  const { t } = useTranslation('finance');
  const isApprover = useHasRole('finance-approver');
  const isStale = useIsTooOld(readAtMs);
  const [hasRead, setRead] = useState(false);
  const activate = useCommand({
    path: `${versionPath(contract)}/activate`,
    body: () => ({ dryRun: sha256 }),
    changes,
    onDone: () => {
      tell(t('contract.activatedNow'));
    },
  });
  if (contract.status === 'ACTIVE' || contract.status === 'ENDED') return null;
  if (!isApprover) return <Text size="sm">{t('contract.whyRole')}</Text>;
  return (
    <Stack gap="xs">
      <Checkbox
        label={t('contract.hasRead')}
        checked={hasRead}
        onChange={(event) => {
          setRead(event.currentTarget.checked);
        }}
      />
      <ReadAge readAtMs={readAtMs} onReadAgain={onReadAgain} />
      {activate.error === null ? null : <Failure error={activate.error} />}
      <Group>
        <Button
          disabled={!hasRead || isStale}
          loading={activate.isPending}
          onClick={() => {
            activate.mutate();
          }}
        >
          {t('contract.activate')}
        </Button>
      </Group>
    </Stack>
  );
}
