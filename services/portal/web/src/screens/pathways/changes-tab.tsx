import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { PathwayWhole, PlanChange } from '../../api/care';
import { useRead } from '../../api/queries';
import { CommandDialog } from '../../shell/command-dialog';
import { PersonName } from '../../shell/names';
import { Button, Empty, Group, Loaded, Panel, Stack, StatusMark, Text } from '../../ui';
import { useTimes } from '../care/care-words';

export interface ChangesTabProps {
  readonly pathway: PathwayWhole;
  readonly mayChange: boolean;
}

/** What people changed of the plan, newest first: who, when, why, and taking it back. */
export function ChangesTab({ pathway, mayChange }: ChangesTabProps) {
  const { t } = useTranslation('pathways');
  const changesPath = `/api/pathways/pathways/${pathway.id}/changes`;
  const read = useRead<{ readonly items: readonly PlanChange[] }>(changesPath);
  const [withdrawn, setWithdrawn] = useState<PlanChange | undefined>();
  const labelOf = (key: string): string => pathway.steps.find((step) => step.key === key)?.label ?? key;
  const close = (): void => {
    setWithdrawn(undefined);
  };
  return (
    <Panel title={t('tab.changes')}>
      <Loaded read={read} rows={3}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={t('changes.none')}>{t('changes.noneText')}</Empty>
          ) : (
            <Stack gap="sm" component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
              {[...items].reverse().map((change) => (
                <ChangeLine
                  key={change.id}
                  change={change}
                  label={labelOf(change.stepKey)}
                  onWithdraw={
                    mayChange
                      ? () => {
                          setWithdrawn(change);
                        }
                      : undefined
                  }
                />
              ))}
            </Stack>
          )
        }
      </Loaded>
      <CommandDialog
        key={withdrawn?.id}
        isOpen={withdrawn !== undefined}
        title={t('changes.withdraw')}
        confirmLabel={t('changes.withdraw')}
        asksText
        path={`${changesPath}/${withdrawn?.id ?? ''}/withdraw`}
        body={({ text }) => ({ reason: text })}
        changes={['/api/pathways']}
        done={t('said.withdrawn')}
        onClose={close}
      >
        {t('changes.withdrawText')}
      </CommandDialog>
    </Panel>
  );
}

interface ChangeLineProps {
  readonly change: PlanChange;
  readonly label: string;
  readonly onWithdraw: (() => void) | undefined;
}

function ChangeLine({ change, label, onWithdraw }: ChangeLineProps) {
  const { t } = useTranslation('pathways');
  const times = useTimes();
  const { withdrawn } = change;
  return (
    <Group component="li" justify="space-between" align="flex-start">
      <div>
        <Text size="sm" fw={640}>
          {t(`change.${change.change}`)} · {label}
          {change.latest === undefined ? '' : ` · ${t('changes.until', { day: times.day(change.latest) })}`}
        </Text>
        <Text size="sm" component="div">
          « {change.reason} »
        </Text>
        <Text size="xs" c="dimmed" component="div">
          <PersonName id={change.by} /> · {times.instant(change.at)}
        </Text>
        {withdrawn === undefined ? null : (
          <Text size="xs" c="dimmed" component="div">
            {t('changes.takenBack')} <PersonName id={withdrawn.by} /> · {times.instant(withdrawn.at)} ·{' '}
            {withdrawn.reason}
          </Text>
        )}
      </div>
      {withdrawn === undefined ? (
        onWithdraw === undefined ? null : (
          <Button size="compact-sm" variant="default" onClick={onWithdraw}>
            {t('changes.withdraw')}
          </Button>
        )
      ) : (
        <StatusMark tone="info">{t('changes.isTakenBack')}</StatusMark>
      )}
    </Group>
  );
}
