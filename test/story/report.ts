import type { Api } from './api.ts';
import type { Told } from './player.ts';

interface TimelineItem {
  readonly at: string;
  readonly what: string;
  readonly code?: string;
  readonly value?: string | number | boolean;
  readonly unit?: string;
  readonly stepKey?: string;
  readonly label?: string;
}

/** Prints what the story left: the timeline, the decisions, who is paid what and why, the books, the trace. */
export async function report(api: Api, told: Told, log: (line: string) => void): Promise<void> {
  const { pathwayId } = told;
  log('\nTimeline');
  const { items } = await api.get<{ items: readonly TimelineItem[] }>(
    'coordinator',
    'pathways',
    `/pathways/${pathwayId}/timeline`,
  );
  for (const { at, what, code = '', value, unit, stepKey = '', label = '' } of items) {
    const found = value === undefined ? '' : `= ${value}${unit === undefined ? '' : ` ${unit}`}`;
    log(
      `  ${at.slice(0, 16).replace('T', ' ')}  ${what.padEnd(10)} ${[code, found, stepKey, label].filter((word) => word !== '').join(' ')}`,
    );
  }
  log('\nDecisions');
  const cases = await api.all<{ status: string; stepKey: string; orientation?: string; reason?: string }>(
    'coordinator',
    'meetings',
    `/cases?pathwayId=${pathwayId}&limit=200`,
  );
  for (const { status, stepKey, orientation, reason } of cases)
    log(`  ${stepKey.padEnd(12)} ${status.padEnd(10)} ${orientation ?? reason ?? ''}`);
  await statement(api, told, log);
  tellTrace(told, log);
}

/** Where the spans of the enrolment are, and how to come by them: each later act has its own trace, linked to this one. */
function tellTrace({ traceId }: Told, log: (line: string) => void): void {
  const endpoint = process.env.OTEL_EXPORTER_OTLP_ENDPOINT ?? '';
  log(`\nTrace of the enrolment: ${traceId}`);
  if (endpoint !== '') log(`  Spans go to ${endpoint}: look up this id there; later acts are linked to it.`);
  else {
    log(
      '  Spans are dropped. To see them, start an OTLP/HTTP collector such as Jaeger, then the stack with its address:',
    );
    log('  OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:4318 npm start');
  }
}

interface Amount {
  readonly amount: string;
  readonly currency: string;
}

async function statement(api: Api, told: Told, log: (line: string) => void): Promise<void> {
  const { items } = await api.get<{ items: readonly { id: string }[] }>('finance', 'capitation', '/books');
  for (const { id } of items) {
    const { parties } = await api.get<{ parties: readonly { party: string; total: Amount }[] }>(
      'finance',
      'capitation',
      `/statements?book=${id}&pathway=${told.pathwayId}`,
    );
    if (parties.length === 0) continue;
    log(`\nStatement (book ${id}, demo tariffs)`);
    for (const { party, total } of parties) {
      const name = told.territory.byId(party.replace('prac:', ''))?.name ?? party;
      log(`  ${name.padEnd(28)} ${total.amount.padStart(10)} ${total.currency}`);
    }
    const balance = await api.get<Record<string, unknown>>('finance', 'capitation', `/books/${id}/trial-balance`);
    log(`  trial balance: ${JSON.stringify(balance.difference ?? balance.total ?? balance)}`);
  }
}
