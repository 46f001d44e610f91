import { Text } from '@mantine/core';
import { Fragment, type ReactNode } from 'react';

export type FactRow = readonly [label: string, value: ReactNode];

/** What is known of one thing, label and value side by side; what is absent is left out. */
export function Facts({ rows }: { readonly rows: readonly (FactRow | undefined)[] }) {
  return (
    <dl
      style={{
        display: 'grid',
        gridTemplateColumns: 'fit-content(52%) minmax(0, 1fr)',
        gap: '0.3rem 1rem',
        margin: 0,
      }}
    >
      {rows
        .filter((row) => row !== undefined)
        .map(([label, value]) => (
          <Fragment key={label}>
            <Text component="dt" size="sm" c="dimmed" miw="min(7rem, 30vw)">
              {label}
            </Text>
            <Text component="dd" size="sm" m={0} style={{ overflowWrap: 'anywhere' }}>
              {value}
            </Text>
          </Fragment>
        ))}
    </dl>
  );
}
