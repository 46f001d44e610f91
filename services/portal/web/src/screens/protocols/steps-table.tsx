import { useTranslation } from 'react-i18next';

import { type Column, DataTable } from '../../ui';
import type { ProtocolDrawingProps } from './protocol-drawing';
import { begunAfter, type ProtocolStep } from './protocol-types';
import { useDurationText, useKindText } from './step-words';

/** The twin of the drawing: what can be read aloud, sorted and printed. */
export function StepsTable({ document, language, chosen, onChoose }: ProtocolDrawingProps) {
  const { t } = useTranslation('protocols');
  const durationText = useDurationText();
  const kindText = useKindText();
  const nameOf = (id: string): string => document.steps.find((one) => one.id === id)?.label[language] ?? id;
  const columns: readonly Column<ProtocolStep>[] = [
    {
      id: 'phase',
      header: t('column.phase'),
      cell: ({ phase }) => document.phases.find(({ id }) => id === phase)?.label[language] ?? phase,
    },
    {
      id: 'step',
      header: t('column.step'),
      cell: ({ label }) => label[language],
      sortBy: ({ label }) => label[language],
    },
    { id: 'kind', header: t('step.kind'), cell: ({ kind }) => kindText(kind), sortBy: ({ kind }) => kind },
    {
      id: 'role',
      header: t('step.role'),
      cell: ({ role }) => (role === undefined ? '' : (document.roles[role]?.[language] ?? role)),
      sortBy: ({ role }) => role,
    },
    { id: 'after', header: t('step.after'), cell: (step) => begunAfter(step).map(nameOf).join(', ') },
    {
      id: 'latest',
      header: t('step.latest'),
      cell: ({ window: due }) => (due?.latest === undefined ? '' : durationText(due.latest)),
    },
  ];
  return (
    <DataTable
      caption={t('look.table')}
      columns={columns}
      rows={document.steps}
      idOf={({ id }) => id}
      selectedId={chosen}
      onOpen={({ id }) => {
        onChoose(id);
      }}
    />
  );
}
