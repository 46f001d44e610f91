/** What an account's name says: its kind, for whom it is kept, under which contract, for which file. */
export interface AccountParts {
  readonly kind: string;
  readonly party?: string;
  readonly contract?: string;
  readonly file?: string;
  readonly rest?: string;
}

/** The kinds of accounts in the order in which finance reads a month. */
export const accountKinds = [
  'receivable',
  'payable',
  'pool',
  'reserve',
  'income',
  'expenses',
  'withheld',
  'accrued',
  'refund-due',
  'bank',
  'other',
] as const;
export type AccountKind = (typeof accountKinds)[number];

/** Reads `liabilities:pool:care-pathway-b:ep-12`, `assets:receivable:org:payer-75`, … */
export function partsOf(account: string): AccountParts {
  const [, kind = '', tail = ''] = /^(?:assets|liabilities):([a-z-]+):?(.*)$/.exec(account) ?? [];
  if (kind === 'receivable' || kind === 'payable' || kind === 'refund-due') return { kind, party: tail };
  if (kind === 'withheld') return withheld(tail);
  if (kind === 'pool') return pool(tail);
  if (kind === 'reserve') return { kind, contract: tail };
  if (kind.startsWith('bank')) return { kind };
  if (kind !== '') return tail === '' ? { kind } : { kind, rest: tail };
  const [, side = account, name = '', contract] = /^(income|expenses):([a-z-]+)(?::(.+))?$/.exec(account) ?? [];
  const told = name === '' ? side : `${side}-${name}`;
  return contract === undefined ? { kind: told } : { kind: told, contract };
}

function withheld(tail: string): AccountParts {
  const [, party = tail, rest] = /^(.+):(\d{4})$/.exec(tail) ?? [];
  return rest === undefined ? { kind: 'withheld', party } : { kind: 'withheld', party, rest };
}

function pool(tail: string): AccountParts {
  const [contract = '', file = '', ...rest] = tail.split(':');
  const of = rest.length === 0 ? {} : { rest: rest.join(':') };
  return { kind: 'pool', contract, ...(file === '' ? {} : { file }), ...of };
}

/** The group an account is listed in. */
export function kindOf(account: string): AccountKind {
  const { kind } = partsOf(account);
  const of = kind.replace(/^(income|expenses)-.*$/, '$1').replace(/^bank.*$/, 'bank');
  return accountKinds.find((one) => one === of) ?? 'other';
}
