import { type Command, type Invocation, operandOf } from './command';
import { BadInput } from './failure';

/** What only a demo has: its stepped clock and its tokens. */
export const demoCommands: readonly Command[] = [
  {
    name: 'clock step',
    usage: '[--until INSTANT] [--from INSTANT]',
    about:
      'moves the demo clock to the next instant at which anything is due, or to --until where that comes first; a clock already past --from stays',
    operands: [],
    options: { until: 'value', from: 'value' },
    run: async ({ stack, options }) => {
      const body = { until: instantOf(options, 'until'), from: instantOf(options, 'from') };
      const call = { method: 'POST', service: 'clock', path: '/step', body } as const;
      const value = await stack().call<{ from: string; now: string; next: string | null }>(call);
      return { value, lines: [`${value.from} -> ${value.now}; next due ${value.next ?? 'never'}`] };
    },
  },
  {
    name: 'token',
    usage: 'ROLE [--practitioner ID] [--patient ID] [--territory T]',
    about: 'prints a demo token, good for twelve hours',
    operands: ['ROLE'],
    options: { practitioner: 'value', patient: 'value', territory: 'value' },
    run: async (invocation) => {
      const { practitioner, patient, territory } = invocation.options;
      const asked = { practitionerId: practitioner, patientId: patient, territory };
      const more = Object.entries(asked).filter((pair): pair is [string, string] => typeof pair[1] === 'string');
      const value = await invocation.stack().demoToken(operandOf(invocation, 0), Object.fromEntries(more));
      return { value, lines: [value.token] };
    },
  },
];

function instantOf(options: Invocation['options'], name: string): string | undefined {
  const value = options[name];
  if (typeof value !== 'string') return undefined;
  if (/^\d{4}-\d\d-\d\dT.*Z$/.test(value) && !Number.isNaN(Date.parse(value))) return value;
  throw new BadInput(`--${name}: a UTC instant such as 2026-03-02T08:00:00Z, not ${value}.`);
}
