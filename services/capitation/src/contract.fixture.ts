import type { ContractDocument } from './contract';

/** A contract of these components and one example: `expect` names nothing, so that any amounts keep it. */
export const contractOf = (
  components: readonly unknown[],
  given: object,
  more: Partial<Record<keyof ContractDocument, unknown>> = {},
): ContractDocument =>
  ({
    language: 1,
    contract: 'a-contract',
    version: 1,
    title: 'A contract',
    currency: 'EUR',
    timezone: 'Europe/Paris',
    validity: { from: '2026-01-01', to: null },
    parties: { payer: 'org:payer', holder: 'org:holder' },
    rounding: { mode: 'HALF_UP', allocation: 'LARGEST_REMAINDER', tieBreak: 'ID' },
    components,
    examples: [{ name: 'an example', given, expect: { none: {} } }],
    ...more,
  }) as ContractDocument; // as: made by hand, and faulty on purpose in some tests
