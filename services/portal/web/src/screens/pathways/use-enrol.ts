import { useMutation, useQueryClient } from '@tanstack/react-query';

import { call } from '../../api/client';
import { isProblem, type Problem } from '../../api/problem';
import type { Draft } from '../../shell/draft';
import { type EnrolmentForm, type MadeIds, sendingsOf } from './enrolment-form';

const TRIES_MAX = 6;

/** Made once a browser page: what is sent again after an error is the same, and is done once. */
let made = newIds();

function newIds(): MadeIds & { readonly keyOf: (sent: string) => string } {
  const known = new Map<string, string>();
  const idOf = (name: string): string => {
    const id = known.get(name) ?? crypto.randomUUID();
    known.set(name, id);
    return id;
  };
  return {
    ...{ patientId: idOf('patient'), pathwayId: idOf('pathway'), conditionId: idOf('condition') },
    factId: (code) => idOf(`fact ${code}`),
    keyOf: (sent) => idOf(`key ${sent}`),
  };
}

/** Registers, enrols and records, one after the other; after an error it goes on where it stopped. */
export function useEnrol({ value, change, clear }: Draft<EnrolmentForm>, now: string) {
  const client = useQueryClient();
  return useMutation<string, Problem>({
    mutationFn: async () => {
      const taken = [...value.taken];
      for (const { name, path, body } of sendingsOf(value, made, now)) {
        const idempotencyKey = made.keyOf(path + JSON.stringify(body));
        await call(path, { method: 'POST', body, idempotencyKey });
        taken.push(name);
        change({ taken: [...taken] });
      }
      return made.pathwayId;
    },
    retry: (failures, error) => isProblem(error) && error.isPassing && failures < TRIES_MAX,
    onSuccess: async () => {
      made = newIds();
      clear();
      await client.invalidateQueries({ queryKey: ['pathways'] });
    },
  });
}
