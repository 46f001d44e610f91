import { Link } from '@tanstack/react-router';
import { IconArrowRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

import { Box, Group, Stack, Text } from '../../ui';
import type { NextStep } from './next-steps';
import { type FinancePlace, going } from './place';

const places: Readonly<Record<NextStep['id'], string>> = {
  evidence: '/finance/$book/close',
  pending: '/finance/$book/close',
  disputes: '/finance/disputes',
  deltas: '/finance/$book/close',
  prepare: '/finance/$book/close',
  approve: '/finance/$book/close',
  statements: '/finance/$book/statements',
  pay: '/finance/$book/payments',
  wait: '/finance/$book/detail',
};

export interface NextStepCardsProps {
  readonly steps: readonly NextStep[];
  readonly place: FinancePlace;
}

/** What is to be done next: each card leads to where it is done. */
export function NextStepCards({ steps, place }: NextStepCardsProps) {
  const { t } = useTranslation('finance');
  return (
    <Stack component="ul" gap="xs" m={0} p={0} style={{ listStyle: 'none' }}>
      {steps.map((step) => (
        <li key={step.id}>
          <Box
            component={Link}
            {...going(places[step.id], { book: place.book }, { month: place.month })}
            display="block"
            px="sm"
            py={8}
            bg="var(--ariane-calm-ground)"
            c="var(--ariane-ink)"
            style={{ borderRadius: 'var(--mantine-radius-md)', textDecoration: 'none' }}
          >
            <Group justify="space-between" wrap="nowrap">
              <div>
                <Text size="sm" fw={600}>
                  {t(`next.${step.id}`, { count: 'count' in step ? step.count : 0 })}
                </Text>
                <Text size="xs" c="dimmed">
                  {t(`nextText.${step.id}`)}
                </Text>
              </div>
              <IconArrowRight size={18} aria-hidden />
            </Group>
          </Box>
        </li>
      ))}
    </Stack>
  );
}
