import type { Envelope } from '@ariane/contracts';
import { arianeNamespace, uuidv5 } from '@ariane/kernel';
import type { NewFact } from './pathway';

/** Something heard from another service as a fact. Its id comes from the event's: heard twice, it is folded once. */
export function heardFact(
  envelope: Pick<Envelope, 'id'>,
  fact: {
    readonly code: string;
    readonly at: string;
    readonly stepKey: string;
    readonly value?: string;
    readonly by?: string;
  },
): NewFact {
  const { value, by, ...about } = fact;
  return {
    id: uuidv5(arianeNamespace, `${envelope.id}/${fact.code}`),
    ...about,
    ...(value === undefined ? {} : { value }),
    ...(by === undefined ? {} : { by }),
  };
}
