import { Box, Group, Title } from '@mantine/core';
import { type ReactNode, useId } from 'react';

export interface PanelProps {
  readonly title?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
  /** Of the title; 2 where the panel stands directly on a page. */
  readonly order?: 2 | 3 | 4;
}

/** A sheet of paper on the ground, named by its title. */
export function Panel({ title, actions, children, order = 2 }: PanelProps) {
  const id = useId();
  return (
    <Box component="section" className="paper" p="md" aria-labelledby={title === undefined ? undefined : id}>
      {title === undefined ? null : (
        <Group justify="space-between" mb="sm">
          <Title order={order} size="h5" id={id}>
            {title}
          </Title>
          {actions}
        </Group>
      )}
      {children}
    </Box>
  );
}
