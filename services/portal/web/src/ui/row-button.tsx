import { UnstyledButton } from '@mantine/core';
import type { ReactNode } from 'react';

export interface RowButtonProps {
  readonly id: string;
  readonly isSelected: boolean;
  readonly onSelect: (id: string) => void;
  readonly children: ReactNode;
}

/** One of a list of sheets that stands beside what it opens; the keys of lists find it by its id. */
export function RowButton({ id, isSelected, onSelect, children }: RowButtonProps) {
  return (
    <UnstyledButton
      data-row={id}
      className="paper"
      w="100%"
      px="sm"
      py={8}
      aria-current={isSelected || undefined}
      bg={isSelected ? 'var(--ariane-calm-ground)' : undefined}
      style={{ borderInlineStart: `4px solid ${isSelected ? 'var(--ariane-calm)' : 'var(--ariane-line)'}` }}
      onClick={() => {
        onSelect(id);
      }}
    >
      {children}
    </UnstyledButton>
  );
}
