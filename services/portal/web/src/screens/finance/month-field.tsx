import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

import { monthText } from '../../formats';
import { usePlace } from '../../shell/session-context';
import { ActionIcon, Group, Select } from '../../ui';
import { monthAfter } from './next-steps';

export interface MonthFieldProps {
  readonly month: string;
  readonly first: string;
  readonly last: string;
  readonly onChange: (month: string) => void;
}

/** Chooses a month: the one before, the one after, or any since the book began. */
export function MonthField({ month, first, last, onChange }: MonthFieldProps) {
  const { t } = useTranslation('finance');
  const { language } = usePlace();
  const months = monthsBetween(month < first ? month : first, month > last ? month : last);
  return (
    <Group gap={4} wrap="nowrap" align="flex-end">
      <ActionIcon
        variant="default"
        size={36}
        aria-label={t('monthBefore')}
        onClick={() => {
          onChange(monthAfter(month, -1));
        }}
      >
        <IconChevronLeft size={16} aria-hidden />
      </ActionIcon>
      <Select
        aria-label={t('month')}
        w={180}
        data={months.map((value) => ({ value, label: monthText(value, language) })).reverse()}
        value={month}
        allowDeselect={false}
        onChange={(value) => {
          if (value !== null) onChange(value);
        }}
      />
      <ActionIcon
        variant="default"
        size={36}
        aria-label={t('monthAfter')}
        disabled={month >= last}
        onClick={() => {
          onChange(monthAfter(month));
        }}
      >
        <IconChevronRight size={16} aria-hidden />
      </ActionIcon>
    </Group>
  );
}

function monthsBetween(first: string, last: string): readonly string[] {
  const months = [];
  for (let month = first; month <= last && months.length < 120; month = monthAfter(month)) months.push(month);
  return months;
}
