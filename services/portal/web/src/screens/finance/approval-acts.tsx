import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { CommandDialog } from '../../shell/command-dialog';
import { ReadAge, useIsTooOld } from '../../shell/read-age';
import { useHasRole, useSession } from '../../shell/session-context';
import { Button, Group, Text } from '../../ui';

/** One of the two things that may be done with what waits for its second person. */
interface Offer {
  readonly path: string;
  readonly label: string;
  readonly confirmLabel: string;
  readonly text: ReactNode;
  /** What is told once it is done. */
  readonly done: string;
}

export interface ApprovalActsProps {
  /** Who prepared it and who has approved it. */
  readonly prepared: {
    readonly preparedBy: string | null;
    readonly approvals: readonly { readonly by: string }[];
  };
  readonly readAtMs: number;
  readonly onReadAgain: () => void;
  readonly approve: Offer;
  readonly takeBack: Offer;
}

/** Approves what another has prepared, or takes it back: who may not approve is told why. */
export function ApprovalActs({ prepared, readAtMs, onReadAgain, approve, takeBack }: ApprovalActsProps) {
  const whyNot = useWhyNot(prepared);
  const mayTakeBack = useHasRole('finance', 'finance-approver');
  const isStale = useIsTooOld(readAtMs);
  return (
    <>
      {whyNot === undefined ? null : <Text size="sm">{whyNot}</Text>}
      <ReadAge readAtMs={readAtMs} onReadAgain={onReadAgain} />
      <Group>
        {whyNot === undefined ? <Act offer={approve} isStale={isStale} /> : null}
        {mayTakeBack ? <Act offer={takeBack} isDangerous /> : null}
      </Group>
    </>
  );
}

/** Why somebody may not approve, in a sentence; undefined for who may. */
function useWhyNot({ preparedBy, approvals }: ApprovalActsProps['prepared']): string | undefined {
  const { t } = useTranslation('finance');
  const { person } = useSession();
  const isApprover = useHasRole('finance-approver');
  if (!isApprover) return t('close.why.role');
  if (preparedBy === person.subject) return t('close.why.prepared');
  return approvals.some(({ by }) => by === person.subject) ? t('close.why.approved') : undefined;
}

interface ActProps {
  readonly offer: Offer;
  readonly isStale?: boolean;
  readonly isDangerous?: boolean;
}

function Act({ offer: { path, label, confirmLabel, text, done }, isStale = false, isDangerous = false }: ActProps) {
  const [isAsking, setAsking] = useState(false);
  return (
    <>
      <Button
        variant={isDangerous ? 'default' : 'filled'}
        disabled={isStale}
        onClick={() => {
          setAsking(true);
        }}
      >
        {label}
      </Button>
      <CommandDialog
        {...{ path, confirmLabel, done, isDangerous }}
        changes={['/api/capitation/books']}
        isOpen={isAsking}
        title={label}
        onClose={() => {
          setAsking(false);
        }}
      >
        {text}
      </CommandDialog>
    </>
  );
}
