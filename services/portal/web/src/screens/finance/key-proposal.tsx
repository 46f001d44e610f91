import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useCommand, useRead } from '../../api/queries';
import { dayText, instantText } from '../../formats';
import { useHasRole, usePlace } from '../../shell/session-context';
import { Button, DataTable, Facts, Failure, Group, Loaded, Panel, Stack, StatusMark, Text, tell } from '../../ui';
import { DifferenceBars } from './difference-bars';
import { type KeyProposal, type KeySimulation, votes, type Vote } from './key-types';
import { Money } from './money';
import { Party } from './party';

export interface KeyProposalProps {
  readonly path: string;
  readonly proposal: KeyProposal;
  readonly title: string;
  readonly isOpen?: boolean;
}

/** A proposal of weights: how the vote stands, what it would bring, and one's own vote. */
export function KeyProposalPanel({ path, proposal, title, isOpen = false }: KeyProposalProps) {
  const { t } = useTranslation('finance');
  const place = usePlace();
  const { outcome, tally, voters } = proposal;
  const mark =
    outcome === null ? undefined : (
      <StatusMark tone={outcome === 'ADOPTED' ? 'done' : 'info'}>{t(`key.${outcome}`)}</StatusMark>
    );
  return (
    <Panel title={title} actions={mark}>
      <Stack gap="md">
        <Text size="sm">{proposal.reason}</Text>
        <Facts
          rows={[
            [t('key.proposedBy'), <Party key="by" id={proposal.proposedBy} />],
            [t('key.from'), dayText(proposal.from, place.now, place)],
            [t('key.closesAt'), instantText(proposal.closesAt, place.now, place)],
            [
              t('key.tally'),
              t('key.tallyText', { for: tally.FOR, against: tally.AGAINST, abstain: tally.ABSTAIN, voters }),
            ],
            [t('key.rules'), t('key.rulesText', { quorum: proposal.quorum, majority: proposal.majority })],
          ]}
        />
        <DataTable
          caption={t('key.weights')}
          rows={proposal.weights}
          idOf={({ id }) => id}
          columns={[
            {
              id: 'id',
              header: t('column.who'),
              cell: ({ id }) => (id === 'others' ? t('key.others') : <Party id={id} />),
            },
            { id: 'weight', header: t('key.weight'), isNumber: true, cell: ({ weight }) => weight },
          ]}
        />
        {isOpen ? <VoteButtons path={path} proposal={proposal} /> : null}
        <Simulation path={path} proposal={proposal} />
      </Stack>
    </Panel>
  );
}

function VoteButtons({ path, proposal }: Pick<KeyProposalProps, 'path' | 'proposal'>) {
  const { t } = useTranslation('finance');
  const isTeam = useHasRole('specialist', 'requester', 'coordinator');
  const vote = useCommand<Vote>({
    path: `${path}/proposals/${proposal.id}/votes`,
    body: (input) => ({ vote: input }),
    changes: ['/api/capitation/payment-contracts'],
    onDone: () => {
      tell(t('key.voted'));
    },
  });
  if (!isTeam) return <Text size="sm">{t('key.whyTeam')}</Text>;
  return (
    <Stack gap="xs">
      <Group role="group" aria-label={t('key.vote')}>
        {votes.map((one) => (
          <Button
            key={one}
            variant={proposal.ownVote === one ? 'filled' : 'default'}
            aria-pressed={proposal.ownVote === one}
            loading={vote.isPending && vote.variables === one}
            onClick={() => {
              vote.mutate(one);
            }}
          >
            {t(`vote.${one}`)}
          </Button>
        ))}
      </Group>
      {vote.error === null ? null : <Failure error={vote.error} />}
    </Stack>
  );
}

function Simulation({ path, proposal }: Pick<KeyProposalProps, 'path' | 'proposal'>) {
  const { t } = useTranslation('finance');
  const [isAsked, setAsked] = useState(false);
  const read = useRead<KeySimulation>(`${path}/proposals/${proposal.id}/simulation`, { isEnabled: isAsked });
  if (!isAsked)
    return (
      <Group>
        <Button
          variant="light"
          onClick={() => {
            setAsked(true);
          }}
        >
          {t('key.simulate')}
        </Button>
      </Group>
    );
  return (
    <Loaded read={read} rows={3}>
      {({ people, own, total }) => (
        <Stack gap="sm">
          {own === undefined ? null : (
            <Text size="sm">
              {t('key.own')} <Money of={own.current} /> → <Money of={own.proposed} isStrong /> (
              <Money of={own.difference} isSigned />)
            </Text>
          )}
          <Text size="sm">
            {t('key.total')} <Money of={total.current} /> → <Money of={total.proposed} isStrong />
          </Text>
          {people === undefined ? null : (
            <DifferenceBars
              rows={people.map(({ person, difference }) => ({ id: person, label: <Party id={person} />, difference }))}
            />
          )}
        </Stack>
      )}
    </Loaded>
  );
}
