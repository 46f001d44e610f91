import {
  keepPreviousData,
  QueryClient,
  type UseInfiniteQueryResult,
  type UseMutationResult,
  useInfiniteQuery,
  useMutation,
  useQuery,
  type UseQueryResult,
  useQueryClient,
} from '@tanstack/react-query';
import { useRef } from 'react';

import { call, type Call } from './client';
import { isProblem, type Problem } from './problem';
import { readTogether } from './together';

/** Soon enough said that a service is away; and then asked again until it is there. */
const READ_TRIES_MAX = 2;
const AWAY_AGAIN_MS = 4_000;
/** A command is sent again for some minutes: its key makes it one command. */
const COMMAND_TRIES_MAX = 30;
const RETRY_MS_MAX = 8_000;

/** One page of a list, as every service gives it. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly next?: string;
}

const mayRetry =
  (triesMax: number) =>
  (failures: number, error: unknown): boolean =>
    isProblem(error) && error.isPassing && failures < triesMax;

const retryDelay = (failures: number): number => Math.min(500 * 2 ** failures, RETRY_MS_MAX);

/** The page's memory of what the server said. Nothing of it is written to the browser's disk. */
export const makeQueryClient = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      queries: {
        retry: mayRetry(READ_TRIES_MAX),
        retryDelay,
        staleTime: 5_000,
        gcTime: 300_000,
        refetchOnWindowFocus: true,
        refetchInterval: againWhileAway(undefined),
      },
      mutations: { retry: mayRetry(COMMAND_TRIES_MAX), retryDelay },
    },
  });

/** What could not be read because a service is away is asked for until it is there. */
const againWhileAway =
  (everyMs: number | undefined) =>
  ({ state: { error } }: { readonly state: { readonly error: Error | null } }): number | false =>
    isProblem(error) && error.isPassing ? AWAY_AGAIN_MS : (everyMs ?? false);

export interface ReadOptions {
  readonly isEnabled?: boolean;
  /** Reads again at this interval, for what no event tells of. */
  readonly everyMs?: number;
}

/**
 * Reads what stands under a path. Its first part after `/api/`, the service, and the next are its topic: what the stream
 * tells of a topic has it read again.
 */
export function useRead<T>(path: string, options: ReadOptions = {}): UseQueryResult<T, Problem> {
  return useQuery<T, Problem>({
    queryKey: keyOf(path),
    queryFn: ({ signal }) => readTogether<T>(path, signal),
    enabled: options.isEnabled ?? true,
    placeholderData: keepPreviousData,
    refetchInterval: againWhileAway(options.everyMs),
  });
}

/** Reads a search that must not stand in an address: the body carries it. */
export function useSearch<T>(path: string, body: unknown, options: ReadOptions = {}): UseQueryResult<T, Problem> {
  return useQuery<T, Problem>({
    queryKey: [...keyOf(path), body],
    queryFn: ({ signal }) => call<T>(path, { method: 'POST', body, signal }),
    enabled: options.isEnabled ?? true,
    placeholderData: keepPreviousData,
  });
}

/** A list, page after page: `fetchNextPage` asks for the next. */
export function usePages<T>(path: string, options: ReadOptions = {}): UseInfiniteQueryResult<readonly T[], Problem> {
  return useInfiniteQuery<Page<T>, Problem, readonly T[], readonly unknown[], string | undefined>({
    queryKey: [...keyOf(path), 'pages'],
    queryFn: ({ signal, pageParam }) => call<Page<T>>(withCursor(path, pageParam), { signal }),
    initialPageParam: undefined,
    getNextPageParam: (last: Page<T>) => last.next,
    select: ({ pages }): readonly T[] => pages.flatMap(({ items }) => items),
    enabled: options.isEnabled ?? true,
    refetchInterval: againWhileAway(options.everyMs),
  });
}

export interface Command<Input> {
  readonly path: string | ((input: Input) => string);
  readonly method?: Call['method'];
  readonly body?: (input: Input) => unknown;
  /** What the body is where it is a text that is sent as it is: a file. */
  readonly contentType?: string;
  readonly ifMatch?: (input: Input) => number | undefined;
  /** Paths whose reads change by it; all that stands below them is read again. */
  readonly changes: readonly string[];
  readonly onDone?: (input: Input) => void;
}

/**
 * A command: sent again as it is until the server has answered, under one idempotency key, so that it is done once. The
 * key changes with what it is done to and with the input.
 */
export function useCommand<Input = void, Output = unknown>(
  command: Command<Input>,
): UseMutationResult<Output, Problem, Input> {
  const client = useQueryClient();
  const sent = useRef<{ text: string; key: string } | undefined>(undefined);
  return useMutation<Output, Problem, Input>({
    mutationFn: (input) => {
      const path = typeof command.path === 'string' ? command.path : command.path(input);
      const text = JSON.stringify([path, input ?? null]);
      if (sent.current?.text !== text) sent.current = { text, key: crypto.randomUUID() };
      const ifMatch = command.ifMatch?.(input);
      return call<Output>(path, {
        method: command.method ?? 'POST',
        body: command.body === undefined ? {} : command.body(input),
        idempotencyKey: sent.current.key,
        ...(command.contentType === undefined ? {} : { contentType: command.contentType }),
        ...(ifMatch === undefined ? {} : { ifMatch }),
      });
    },
    onSuccess: (_, input) => {
      sent.current = undefined;
      command.onDone?.(input);
    },
    // Also after a refusal: the screen may have been too old. Whoever commanded goes on meanwhile: what is done once the
    // server has answered must not wait until the list has lost the very row whose panel does it.
    onSettled: () => {
      for (const path of command.changes) void client.invalidateQueries({ queryKey: keyOf(path) });
    },
  });
}

/** `/api/pathways/worklist?owner=me` is `['pathways', 'worklist', '?owner=me']`. */
export function keyOf(path: string): readonly string[] {
  const [route = '', query] = path.split('?');
  const parts = route.split('/').filter((part) => part !== '' && part !== 'api');
  return query === undefined ? parts : [...parts, `?${query}`];
}

/** A path with those of the parameters that are given. */
export function withQuery(
  path: string,
  query: Readonly<Record<string, string | number | boolean | undefined>>,
): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== '');
  if (given.length === 0) return path;
  return `${path}?${new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString()}`;
}

function withCursor(path: string, cursor: string | undefined): string {
  if (cursor === undefined) return path;
  return `${path}${path.includes('?') ? '&' : '?'}cursor=${encodeURIComponent(cursor)}`;
}
