import { Alert, Button, Center, Group, Skeleton, Stack, Text } from '@mantine/core';
import { IconPlugConnectedX } from '@tabler/icons-react';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { isProblem, type Problem } from '../api/problem';

export interface EmptyProps {
  readonly title: string;
  readonly children?: ReactNode;
  /** What one can do about it. */
  readonly action?: ReactNode;
}

/** Nothing there: says why, and offers what may be done. */
export function Empty({ title, children, action }: EmptyProps) {
  return (
    <Center p="xl">
      <Stack align="center" gap="xs" maw="32rem">
        <LooseThread />
        <Text fw={600}>{title}</Text>
        {children === undefined ? null : (
          <Text c="dimmed" size="sm" ta="center" component="div">
            {children}
          </Text>
        )}
        {action}
      </Stack>
    </Center>
  );
}

/** The thread at rest: nothing hangs on it. */
function LooseThread() {
  return (
    <svg width={72} height={34} viewBox="0 0 72 34" fill="none" aria-hidden>
      <path
        d="M3 25C13 25 15 9 26 9s11 16 1 16-8-16 6-16c12 0 12 16 23 16"
        stroke="var(--mantine-color-dimmed)"
        strokeWidth={1.6}
        strokeLinecap="round"
        opacity={0.7}
      />
      <circle cx={62} cy={25} r={3.4} stroke="var(--ariane-thread)" strokeWidth={1.8} />
    </svg>
  );
}

/** Something is under way; the shape of what will come, and a word for those who do not see it. */
export function Loading({ rows = 6 }: { readonly rows?: number }) {
  const { t } = useTranslation();
  return (
    <Stack gap="sm" role="status" aria-busy="true">
      <span className="visually-hidden">{t('loading')}</span>
      {Array.from({ length: rows }, (_, row) => (
        <Skeleton key={row} height={row === 0 ? 22 : 40} width={row === 0 ? '40%' : '100%'} />
      ))}
    </Stack>
  );
}

export interface FailureProps {
  readonly error: Error;
  readonly onRetry?: (() => void) | undefined;
}

/** What went wrong, whether it passes by itself, and what to do. */
export function Failure({ error, onRetry }: FailureProps) {
  const { t } = useTranslation();
  const isPassing = isProblem(error) && error.isPassing;
  const title = isPassing ? t('failure.passing') : t('failure.title');
  return (
    <Alert
      role="alert"
      color={isPassing ? 'yellow' : 'red'}
      icon={<IconPlugConnectedX aria-hidden />}
      title={title}
      styles={{ title: { color: 'var(--ariane-ink)' } }}
    >
      <Text size="sm">{failureText(error, t('failure.unreached'))}</Text>
      {onRetry === undefined ? null : (
        <Group mt="sm">
          <Button size="compact-sm" variant="default" onClick={onRetry}>
            {t('failure.retry')}
          </Button>
        </Group>
      )}
    </Alert>
  );
}

function failureText(error: Error, unreached: string): string {
  if (!isProblem(error)) return error.message;
  return error.status === 0 ? unreached : (error.body.detail ?? error.body.title);
}

export interface LoadedProps<T> {
  readonly read: Pick<UseQueryResult<T, Problem>, 'data' | 'error' | 'refetch'>;
  readonly children: (data: T) => ReactNode;
  readonly rows?: number;
}

/**
 * What was read, or that it is being read, or that it could not be. What was read once stays while it is read again; a
 * failure then stands above it, so that nobody takes the old for the new.
 */
export function Loaded<T>({ read, children, rows }: LoadedProps<T>) {
  const { data, error, refetch } = read;
  const failure = error === null ? null : <Failure error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return failure ?? <Loading {...(rows === undefined ? {} : { rows })} />;
  return (
    <>
      {failure}
      {children(data)}
    </>
  );
}
