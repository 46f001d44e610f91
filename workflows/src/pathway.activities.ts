import { DomainError, uuidv5 } from '@ariane/kernel';
import { type HttpClient, RefusedCallError } from '@ariane/service';
import { inSpan, linkSpan, logger } from '@ariane/telemetry';
import { activityInfo } from '@temporalio/activity';
import type { Advanced } from './ring';

/** Where the other services answer, by name. */
export type ServiceUrls = Readonly<Record<string, string>>;

/** One thing pathways wants asked of another service, with the key that makes asking twice harmless. */
interface Ask {
  readonly id: string;
  readonly service: string;
  readonly path: string;
  readonly body: unknown;
  readonly idempotencyKey: string;
}

interface AdvanceAnswer {
  readonly asks: readonly Ask[];
  readonly status: string;
  readonly waitMs: number;
  readonly dormant: boolean;
  readonly turn: number;
  /** The `traceparent` of the enrolment: every later trace is linked to it, also after years without a workflow. */
  readonly begunBy?: string;
}

/** A namespace of our own for the keys of activities. */
const KEYS = '5b0a3f5e-6f0d-4b57-9b7b-0d6c3a1f6c11';
/** The workflow looks again at least this often; the waker in the worker looks every few seconds. */
const WAIT_MAX_MS = 86_400_000;
const WAIT_MIN_MS = 50;

/** Which pathway to advance, and the `traceparent`s of what led to it beside the command that rang. */
interface AdvanceInput {
  readonly pathwayId: string;
  readonly territory: string;
  readonly links?: readonly string[];
}

export interface PathwayActivities {
  advance(input: AdvanceInput): Promise<Advanced>;
}

/** The activities, over HTTP: nothing but ids passes through Temporal. */
export function pathwayActivities(http: HttpClient, urls: ServiceUrls): PathwayActivities {
  return {
    advance: (input) => inSpan('advance', { links: input.links ?? [] }, (span) => advanceOne(http, urls, input, span)),
  };
}

async function advanceOne(
  http: HttpClient,
  urls: ServiceUrls,
  input: AdvanceInput,
  span: Parameters<typeof linkSpan>[0],
): Promise<Advanced> {
  const { pathwayId, territory } = input;
  const { workflowExecution, activityId } = activityInfo();
  const step = `${workflowExecution?.workflowId ?? ''}/${workflowExecution?.runId ?? ''}/${activityId}`;
  const answer = await http.call<AdvanceAnswer>({
    method: 'POST',
    url: `${urlOf(urls, 'pathways')}/pathways/${pathwayId}/advance`,
    territory,
    idempotencyKey: uuidv5(KEYS, step),
    body: {},
  });
  if (answer.begunBy !== undefined) linkSpan(span, answer.begunBy);
  for (const ask of answer.asks) await put(http, urls, { pathwayId, territory }, ask);
  const waitMs = Math.min(Math.max(answer.waitMs, WAIT_MIN_MS), WAIT_MAX_MS);
  return { closed: answer.status !== 'ACTIVE', dormant: answer.dormant, turn: answer.turn, waitMs };
}

/**
 * Asks a service for what the plan needs. A refusal is told to pathways, which drops the ask and alerts the coordinator;
 * a service that cannot be reached fails the activity, which is tried again.
 */
async function put(
  http: HttpClient,
  urls: ServiceUrls,
  pathway: { readonly pathwayId: string; readonly territory: string },
  ask: Ask,
): Promise<void> {
  const { pathwayId, territory } = pathway;
  try {
    await http.call({
      method: 'POST',
      url: `${urlOf(urls, ask.service)}${ask.path}`,
      territory,
      idempotencyKey: ask.idempotencyKey,
      body: ask.body,
    });
  } catch (error) {
    const code = refusalOf(error);
    if (code === undefined) throw error;
    if (settledElsewhere.has(code)) return;
    logger.error('A service refused what the plan asked of it.', { service: ask.service, code });
    await http.call({
      method: 'POST',
      url: `${urlOf(urls, 'pathways')}/pathways/${pathwayId}/asks/${ask.id}/refused`,
      territory,
      idempotencyKey: uuidv5(KEYS, `refused/${ask.id}`),
      body: { code },
    });
  }
}

/** It was asked before, or the pathway ended meanwhile: the fact that says so is on its way. */
const settledElsewhere: ReadonlySet<string> = new Set(['ALREADY_EXISTS', 'PATHWAY_CLOSED']);

function refusalOf(error: unknown): string | undefined {
  if (error instanceof DomainError) return error.code;
  return error instanceof RefusedCallError ? `HTTP_${error.status}` : undefined;
}

function urlOf(urls: ServiceUrls, service: string): string {
  const url = urls[service];
  if (url === undefined) throw new Error(`SERVICE_URLS does not name ${service}`);
  return url;
}
