import { type Command, operandOf, valueOf } from './command';
import { BadInput } from './failure';

const operator = 'territory-administrator';

interface ParkedKey {
  readonly id: string;
  readonly parkedAt: string;
  readonly reason: string;
}

export const operationCommands: readonly Command[] = [
  {
    name: 'parked list',
    usage: '[--service S]',
    about: 'lists the subjects whose facts wait for a human, and why',
    operands: [],
    options: { service: 'value' },
    run: async ({ stack, options }) => {
      const running = stack();
      const wanted = typeof options.service === 'string' ? options.service : undefined;
      const items: (ParkedKey & { service: string })[] = [];
      for (const service of running.keepersNamed(wanted)) {
        const call = { method: 'GET', service, path: '/internal/parked', role: operator } as const;
        const page = await running.call<{ items: ParkedKey[] }>(call);
        items.push(...page.items.map((item) => ({ ...item, service })));
      }
      const lines = items.map((item) => `${item.service.padEnd(16)}${item.id}  ${item.reason}  ${item.parkedAt}`);
      return { value: { items }, lines: lines.length > 0 ? lines : ['Nothing is parked.'] };
    },
  },
  {
    name: 'parked replay',
    usage: 'KEY --service S',
    about: 'applies the parked facts of a subject again, in order, once their cause is mended',
    operands: ['KEY'],
    options: { service: 'value' },
    needed: ['service'],
    run: async (invocation) => {
      const running = invocation.stack();
      const key = operandOf(invocation, 0);
      const [service = ''] = running.keepersNamed(valueOf(invocation, 'service'));
      const path = `/internal/parked/${encodeURIComponent(key)}/replay`;
      const value = await running.call<{ replayed: number }>({ method: 'POST', service, path, role: operator });
      return { value, lines: [`${value.replayed} facts of ${key} were applied.`] };
    },
  },
  {
    name: 'republish',
    usage: '--service S --from N [--subject X]',
    about: 'sends published facts again from sequence N on: consumers skip what they know',
    operands: [],
    options: { service: 'value', subject: 'value', from: 'value' },
    needed: ['service', 'from'],
    run: async (invocation) => {
      const fromSequence = Number(valueOf(invocation, 'from'));
      if (!Number.isSafeInteger(fromSequence) || fromSequence < 1) {
        throw new BadInput(`--from: a sequence is a whole number from 1 on, not ${valueOf(invocation, 'from')}.`);
      }
      const running = invocation.stack();
      const [service = ''] = running.keepersNamed(valueOf(invocation, 'service'));
      const { subject } = invocation.options;
      const body = { fromSequence, ...(typeof subject === 'string' ? { subject } : {}) };
      const call = { method: 'POST', service, path: '/internal/republish', role: operator, body } as const;
      const value = await running.call<{ queued: number }>(call);
      return { value, lines: [`${value.queued} facts of ${service} are sent again.`] };
    },
  },
];
