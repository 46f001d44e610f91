import { List, Title } from '@mantine/core';

export interface Titled {
  readonly title: string;
  readonly lines: readonly string[];
}

/** Short lines under a title, as they are read at a glance. */
export function ContextLines({ part }: { readonly part: Titled }) {
  return (
    <div>
      <Title order={3} size="h6" mb={2}>
        {part.title}
      </Title>
      <List size="sm" spacing={2} withPadding>
        {part.lines.map((line) => (
          <List.Item key={line}>{line}</List.Item>
        ))}
      </List>
    </div>
  );
}
