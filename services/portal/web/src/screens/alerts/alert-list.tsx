import { useTranslation } from 'react-i18next';

import type { Alert } from '../../api/care';
import { PatientName } from '../../shell/names';
import { Box, Group, StatusMark, Text, UnstyledButton, VirtualList } from '../../ui';
import { toneOfTier, useCareWords, useTimes } from '../care/care-words';

/** Of one row with its three lines, before it is measured. */
const ROW_PX = 76;

export interface AlertListProps {
  readonly alerts: readonly Alert[];
  readonly selectedId: string;
  readonly onSelect: (id: string) => void;
  readonly onEnd: (() => void) | undefined;
}

/** Alerts by urgency: who, why, since when. */
export function AlertList({ alerts, selectedId, onSelect, onEnd }: AlertListProps) {
  const { t } = useTranslation('alerts');
  const words = useCareWords();
  const times = useTimes();
  return (
    <Box className="paper" style={{ overflow: 'hidden' }}>
      <VirtualList
        label={t('title')}
        rows={alerts}
        idOf={({ id }) => id}
        selectedId={selectedId}
        rowHeight={ROW_PX}
        height="calc(100dvh - 14rem)"
        onEnd={onEnd}
      >
        {({ id, patientId, tier, text, reason, waitingSince, status, closedAt }) => (
          <UnstyledButton
            data-row={id}
            tabIndex={id === selectedId ? 0 : -1}
            aria-current={id === selectedId || undefined}
            w="100%"
            px="sm"
            py={8}
            style={{
              borderBottom: '1px solid var(--ariane-line)',
              background: id === selectedId ? 'var(--ariane-calm-ground)' : undefined,
            }}
            onClick={() => {
              onSelect(id);
            }}
          >
            <Group gap={6} wrap="nowrap" justify="space-between">
              <Text size="sm" fw={660} truncate component="span">
                <PatientName id={patientId} />
              </Text>
              <StatusMark tone={toneOfTier[tier]}>{words.tier(tier)}</StatusMark>
            </Group>
            <Text size="sm" component="span" display="block" lineClamp={2}>
              {text ?? words.alertReason(reason)}
            </Text>
            <Text size="xs" c="dimmed" component="span" display="block">
              {t(`status.${status}`)} · {times.far(closedAt ?? waitingSince)}
            </Text>
          </UnstyledButton>
        )}
      </VirtualList>
    </Box>
  );
}
