import type { Decider } from '@ariane/kernel';

/** Why a professional may know who a patient is: each ground with the case of care it comes from. */
export interface Ground {
  readonly practitionerId: string;
  readonly kind: 'care-team' | 'expert-asked';
  /** The pathway, or the request for an opinion. */
  readonly caseId: string;
  /** The first civil day on which it no longer holds. */
  readonly until?: string;
}

/** Who may know a patient by name, and whether a multidisciplinary meeting does. */
export interface Acquaintance {
  readonly grounds: readonly Ground[];
  readonly isPresented: boolean;
}

export type AcquaintanceCommand =
  | { readonly type: 'AddGround'; readonly ground: Ground }
  | { readonly type: 'EndGround'; readonly ground: Omit<Ground, 'until'>; readonly until: string }
  | { readonly type: 'Present' };

export interface AcquaintanceChanged {
  readonly type: 'AcquaintanceChanged';
  readonly data: Acquaintance;
}

const nobody: Acquaintance = { grounds: [], isPresented: false };

const isSame = (one: Ground, other: Omit<Ground, 'until'>): boolean =>
  one.practitionerId === other.practitionerId && one.kind === other.kind && one.caseId === other.caseId;

export const acquaintance: Decider<Acquaintance, AcquaintanceCommand, AcquaintanceChanged> = {
  decide(state = nobody, command) {
    const changed = (data: Acquaintance): AcquaintanceChanged[] => [{ type: 'AcquaintanceChanged', data }];
    switch (command.type) {
      case 'AddGround': {
        const others = state.grounds.filter((ground) => !isSame(ground, command.ground));
        return changed({ ...state, grounds: [...others, command.ground] });
      }
      case 'EndGround': {
        const grounds = state.grounds.map((ground) =>
          isSame(ground, command.ground) ? { ...ground, until: command.until } : ground,
        );
        return changed({ ...state, grounds });
      }
      case 'Present':
        return state.isPresented ? [] : changed({ ...state, isPresented: true });
    }
  },
  evolve: (_, { data }) => data,
};

const holdsOn = ({ until }: Ground, day: string): boolean => until === undefined || day < until;

/** Who has a ground on a civil day. */
export const knownTo = ({ grounds }: Acquaintance, day: string): string[] =>
  grounds.filter((ground) => holdsOn(ground, day)).map(({ practitionerId }) => practitionerId);

/** The ground that somebody has on a civil day; undefined without one. */
export const groundOf = ({ grounds }: Acquaintance, practitionerId: string, day: string): Ground['kind'] | undefined =>
  grounds.find((ground) => ground.practitionerId === practitionerId && holdsOn(ground, day))?.kind;

/** Whether a ground holds for somebody on a civil day. */
export const knows = (acquaintance: Acquaintance, practitionerId: string, day: string): boolean =>
  groundOf(acquaintance, practitionerId, day) !== undefined;
