import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { PathwayWhole, Step } from '../../api/care';
import { Button, Group } from '../../ui';
import { DatedDialog } from './dated-dialog';
import { ShareDialog } from './share-dialog';
import { SkipDialog } from './skip-dialog';

export interface StepCommandsProps {
  readonly pathway: PathwayWhole;
  readonly step: Step;
  readonly size?: 'compact-sm' | 'compact-md';
}

type Asked = 'move' | 'repeat' | 'skip' | 'share';

/** What people may change of one step, each with a reason and with what it was before. */
export function StepCommands({ pathway, step, size = 'compact-md' }: StepCommandsProps) {
  const { t } = useTranslation('pathways');
  const [asked, setAsked] = useState<Asked | undefined>();
  const close = (): void => {
    setAsked(undefined);
  };
  const offered = commandsFor(step);
  const isBookable = step.kind === 'appointment' && (step.status === 'due' || step.status === 'late');
  return (
    <Group gap={size === 'compact-sm' ? 2 : 6} role="group" aria-label={t('command.of', { step: step.label })}>
      {isBookable ? (
        <Button
          size={size}
          component={Link}
          to="/agenda"
          search={{ pathway: pathway.id, step: step.key } as never /* a screen without declared search */}
          aria-label={t('command.named', { command: t('command.book'), step: step.label })}
        >
          {t('command.book')}
        </Button>
      ) : null}
      {offered.map((command) => (
        <Button
          key={command}
          size={size}
          variant={size === 'compact-sm' ? 'subtle' : 'default'}
          aria-label={t('command.named', { command: t(`command.${command}`), step: step.label })}
          onClick={() => {
            setAsked(command);
          }}
        >
          {t(`command.${command}`)}
        </Button>
      ))}
      {asked === 'move' || asked === 'repeat' ? (
        <DatedDialog pathwayId={pathway.id} step={step} command={asked} onClose={close} />
      ) : null}
      {asked === 'skip' ? <SkipDialog pathwayId={pathway.id} step={step} onClose={close} /> : null}
      {asked === 'share' ? <ShareDialog pathway={pathway} step={step} onClose={close} /> : null}
    </Group>
  );
}

/** What the state of a step allows; the service has the last word. */
function commandsFor({ status, kind }: Pick<Step, 'status' | 'kind'>): readonly Asked[] {
  if (kind === 'milestone') return [];
  if (status === 'done') return ['repeat'];
  if (status !== 'waiting' && status !== 'due' && status !== 'late') return [];
  const isVisit = kind === 'appointment' || kind === 'questionnaire';
  return isVisit ? ['move', 'skip', 'share'] : ['move', 'skip'];
}
