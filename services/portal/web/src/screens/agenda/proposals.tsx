import { IconStarFilled } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

import { dayText, timeText } from '../../formats';
import { PersonName } from '../../shell/names';
import { usePlace } from '../../shell/session-context';
import { useShortcuts } from '../../shell/shortcuts';
import { Button, Group, Stack, StatusMark, Text, VisuallyHidden } from '../../ui';
import type { Slot } from './appointment';
import type { Proposal, SlotReason } from './slot-ranking';

const tones: Readonly<Record<SlotReason, 'done' | 'late' | 'info'>> = {
  'in-time': 'done',
  'same-day': 'done',
  'wished-person': 'info',
  earliest: 'info',
  'too-late': 'late',
};

export interface ProposalsProps {
  readonly proposals: readonly Proposal[];
  readonly isBusy: boolean;
  readonly onBook: (slot: Slot) => void;
}

/** The best slots, each with why it is proposed: the digits 1 to 3 book. */
export function Proposals({ proposals, isBusy, onBook }: ProposalsProps) {
  const { t } = useTranslation('agenda');
  const place = usePlace();
  const nameOf = ({ slot }: Proposal): string =>
    `${dayText(slot.startsAt, place.now, place)} ${timeText(slot.startsAt, place)}`;
  useShortcuts(
    proposals.map((proposal, index) => ({
      keys: String(index + 1),
      label: t('book.this', { at: nameOf(proposal) }),
      run: () => {
        if (!isBusy) onBook(proposal.slot);
      },
    })),
  );
  return (
    <Stack component="ol" gap="xs" p={0} m={0} style={{ listStyle: 'none' }}>
      {proposals.map((proposal, index) => {
        const { slot, reasons } = proposal;
        return (
          <li key={`${slot.calendarId}/${slot.startsAt}`}>
            <Group className="paper" px="md" py="sm" justify="space-between" gap="sm">
              <Group gap="md">
                {index === 0 ? (
                  <IconStarFilled size={18} color="var(--ariane-calm)" aria-label={t('book.best')} role="img" />
                ) : null}
                <div>
                  <Text fw={640} className="numbers">
                    {nameOf(proposal)} – {timeText(slot.endsAt, place)}
                  </Text>
                  <Text size="sm" c="dimmed">
                    {slot.practitionerId === undefined ? (
                      slot.resources.join(', ')
                    ) : (
                      <PersonName id={slot.practitionerId} />
                    )}{' '}
                    · {t(`mode.${slot.mode}`)}
                  </Text>
                </div>
                {reasons.map((reason) => (
                  <StatusMark key={reason} tone={tones[reason]}>
                    {t(`why.${reason}`)}
                  </StatusMark>
                ))}
              </Group>
              <Button
                variant={index === 0 ? 'filled' : 'default'}
                disabled={isBusy}
                onClick={() => {
                  onBook(slot);
                }}
              >
                {t('book.do')} <VisuallyHidden>{nameOf(proposal)}</VisuallyHidden>
                <kbd style={{ marginInlineStart: 8 }}>{index + 1}</kbd>
              </Button>
            </Group>
          </li>
        );
      })}
    </Stack>
  );
}
