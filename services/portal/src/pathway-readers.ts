import type { Decider } from '@ariane/kernel';

/** Who hears of a pathway's changes: those who care for it, and the experts who were asked. */
export interface PathwayReaders {
  readonly readers: readonly string[];
}

export interface ReadersCommand {
  readonly type: 'AddReader' | 'RemoveReader';
  readonly practitionerId: string;
}

export interface ReadersChanged {
  readonly type: 'ReadersChanged';
  readonly data: PathwayReaders;
}

export const pathwayReaders: Decider<PathwayReaders, ReadersCommand, ReadersChanged> = {
  decide({ readers } = { readers: [] }, { type, practitionerId }) {
    if (readers.includes(practitionerId) === (type === 'AddReader')) return [];
    const others = readers.filter((one) => one !== practitionerId);
    return [{ type: 'ReadersChanged', data: { readers: type === 'AddReader' ? [...others, practitionerId] : others } }];
  },
  evolve: (_, { data }) => data,
};
