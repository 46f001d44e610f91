import { Link, useNavigate } from '@tanstack/react-router';
import { memo, useCallback, useDeferredValue, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { type Alert, type PathwayWhole, paths, type Task, type WorkItem } from '../../api/care';
import { type Page, useRead } from '../../api/queries';
import { IdentityBanner } from '../../shell/names';
import { useShortcuts } from '../../shell/shortcuts';
import { Anchor, Button, Divider, Group, Loaded, Panel, Stack, StatusMark, Text, Title } from '../../ui';
import { StepBooking } from '../agenda/step-booking';
import { AlertActs } from '../care/alert-acts';
import { toneOfTier, useCareWords, useItemTitle } from '../care/care-words';
import { useSaySeen } from '../care/say-seen';
import { TaskActs } from '../care/task-acts';
import { NextSteps } from '../care/next-steps';
import { PatientRequests } from '../care/patient-requests';
import { useFileParts } from '../care/use-file-parts';
import { ResultActs } from './results';
import { WhyNow } from './why-now';

export interface WorkPanelProps {
  readonly item: WorkItem;
  readonly onDone: () => void;
}

/**
 * Everything that is needed to decide one item, and the decision, without opening the file. Whom and what it is about
 * stands at once, the rest once the browser has shown that: whoever goes through the list is not kept waiting.
 */
export const WorkPanel = memo(function WorkPanel({ item, onDone }: WorkPanelProps) {
  const { t } = useTranslation('myDay');
  const words = useCareWords();
  const titleOf = useItemTitle();
  const { data, error, refetch } = useRead<PathwayWhole>(paths.pathway(item.pathwayId));
  useFileParts(item.pathwayId, {
    tasks: item.taskId !== undefined,
    requests: item.taskId !== undefined,
    alerts: item.alertId !== undefined,
    timeline: item.factIds !== undefined,
  });
  // What people added is named in their own words, which the list has not.
  const ownLabel = data?.steps.find(({ key }) => key === item.stepKey)?.label;
  const whole = useDeferredValue(data ?? null, null) ?? undefined;
  const [isBooking, setBooking] = useState(false);
  const book = useCallback(() => {
    setBooking(true);
  }, []);
  if (isBooking && item.stepKey !== undefined) {
    return (
      <StepBooking
        pathwayId={item.pathwayId}
        stepKey={item.stepKey}
        leaveLabel={t('leaveBooking')}
        onLeave={() => {
          setBooking(false);
        }}
        onBooked={onDone}
      />
    );
  }
  return (
    <Stack gap="sm">
      <IdentityBanner patientId={item.patientId} />
      <Panel
        title={titleOf({ ...item, label: item.label ?? ownLabel })}
        actions={<StatusMark tone={toneOfTier[item.tier]}>{words.tier(item.tier)}</StatusMark>}
      >
        <Stack gap="md">
          <Loaded read={{ data: whole, error, refetch }} rows={4}>
            {(read) => <Decision item={item} pathway={read} onDone={onDone} onBook={book} />}
          </Loaded>
        </Stack>
      </Panel>
    </Stack>
  );
});

interface ItemActsProps extends WorkPanelProps {
  readonly pathway: PathwayWhole;
  readonly onBook: () => void;
}

const Decision = memo(function Decision({ item, pathway, onDone, onBook }: ItemActsProps) {
  const { t } = useTranslation('myDay');
  const words = useCareWords();
  return (
    <>
      <Text size="sm" c="dimmed">
        {t('of', { protocol: pathway.protocol.title, phase: words.phase(item.phase ?? '') })}
      </Text>
      <WhyNow item={item} pathway={pathway} />
      <ItemActs item={item} pathway={pathway} onDone={onDone} onBook={onBook} />
      <Divider />
      <Title order={3} size="h6">
        {t('next')}
      </Title>
      <NextSteps pathway={pathway} />
    </>
  );
});

/** What may be done about the item: its task, its results, its alert, a booking, and always the file itself. */
function ItemActs({ item, pathway, onDone, onBook }: ItemActsProps) {
  const { t } = useTranslation('care');
  const navigate = useNavigate();
  const tasks = useRead<Page<Task>>(paths.tasksOf(item.pathwayId), { isEnabled: item.taskId !== undefined });
  const alerts = useRead<Page<Alert>>(paths.alertsOf(item.pathwayId), { isEnabled: item.alertId !== undefined });
  const task = tasks.data?.items.find(({ id }) => id === item.taskId);
  const alert = alerts.data?.items.find(({ id, status }) => id === item.alertId && status !== 'closed');
  const step = pathway.steps.find(({ key }) => key === item.stepKey);
  useSaySeen(alert);
  const isBookable = step?.kind === 'appointment' && item.reason !== 'coming' && step.booking?.status !== 'booked';
  const fileAt = `/pathways/${item.pathwayId}`;
  useShortcuts([
    ...(isBookable ? [{ keys: 'b', label: t('act.book'), run: onBook }] : []),
    { keys: 'o', label: t('act.open'), run: () => void navigate({ to: fileAt }) },
  ]);
  return (
    <Stack gap="xs">
      {task === undefined ? null : <PatientRequests pathwayId={item.pathwayId} taskId={task.id} onAnswered={onDone} />}
      <Group gap="xs">
        {task === undefined ? null : <TaskActs key={task.id} task={task} team={pathway.team} onDone={onDone} />}
        {item.factIds === undefined ? null : <ResultActs item={item} factIds={item.factIds} onDone={onDone} />}
        {isBookable ? (
          <Button
            variant={task === undefined ? 'filled' : 'default'}
            onClick={onBook}
            rightSection={<kbd aria-hidden>b</kbd>}
          >
            {t('act.book')}
          </Button>
        ) : null}
        {step?.kind === 'tele-expertise' ? (
          <Button
            variant="default"
            component={Link}
            to="/opinions"
            search={{ pathway: item.pathwayId } as never /* a screen without declared search */}
          >
            {t('act.followUp')}
          </Button>
        ) : null}
      </Group>
      {alert === undefined ? null : (
        <AlertActs key={alert.id} alert={alert} isSecond={task !== undefined} onDone={onDone} />
      )}
      <Anchor component={Link} to={fileAt} size="sm">
        {t('act.open')} <kbd aria-hidden>o</kbd>
      </Anchor>
    </Stack>
  );
}
