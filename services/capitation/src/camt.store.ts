import { DomainError } from '@ariane/kernel';
import { XMLParser } from 'fast-xml-parser';

/** A movement of a bank statement: cents above zero, in or out, by the id we gave it where there is one. */
interface BankMovement {
  readonly ref: string;
  readonly endToEndId: string | null;
  readonly direction: 'IN' | 'OUT';
  /** A transfer of ours that came back. */
  readonly isReturn: boolean;
  readonly amountCents: bigint;
  readonly currency: string;
  /** The booking day. */
  readonly day: string;
  readonly info: string;
}

/** A bank statement of camt.053: whose account, its id, what moved. */
export interface BankStatement {
  readonly id: string;
  readonly iban: string;
  readonly movements: readonly BankMovement[];
}

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  parseTagValue: false,
  parseAttributeValue: false,
  removeNSPrefix: true,
  processEntities: false,
  isArray: (name) => ['Stmt', 'Ntry', 'NtryDtls', 'TxDtls', 'Ustrd'].includes(name),
});

/** Reads a camt.053 document. Amounts are read as written, never as numbers. Throws CAMT_INVALID. */
export function readCamt(xml: string): readonly BankStatement[] {
  const root = at(safely(xml), 'Document', 'BkToCstmrStmt');
  const statements = listAt(root, 'Stmt');
  if (statements.length === 0) throw new DomainError('CAMT_INVALID', { reason: 'no statement' });
  return statements.map((statement) => {
    const id = textAt(statement, 'Id') ?? refuse('Id');
    const iban = textAt(statement, 'Acct', 'Id', 'IBAN') ?? refuse('IBAN');
    const movements = listAt(statement, 'Ntry').flatMap((entry, index) => movementsOf(entry, `${id}/${index + 1}`));
    return { id, iban, movements };
  });
}

function safely(xml: string): unknown {
  // A document of the bank needs no entities; one that declares them is refused before it is read.
  if (/<!DOCTYPE|<!ENTITY/i.test(xml)) return refuse('a document type');
  try {
    return parser.parse(xml);
  } catch {
    return refuse('not XML');
  }
}

function movementsOf(entry: unknown, ref: string): readonly BankMovement[] {
  const direction = textAt(entry, 'CdtDbtInd') === 'CRDT' ? 'IN' : 'OUT';
  const day = (textAt(entry, 'BookgDt', 'Dt') ?? textAt(entry, 'BookgDt', 'DtTm') ?? refuse('BookgDt')).slice(0, 10);
  const details = listAt(entry, 'NtryDtls').flatMap((one) => listAt(one, 'TxDtls'));
  const whole = details.length > 0 ? details : [entry];
  return whole.map((detail, index) => {
    const amount = at(detail, 'Amt') ?? at(detail, 'AmtDtls', 'TxAmt', 'Amt') ?? at(entry, 'Amt');
    const isReturn = at(detail, 'RtrInf') !== undefined || textAt(entry, 'RvslInd') === 'true';
    return {
      ref: `${ref}/${index + 1}`,
      endToEndId: textAt(detail, 'Refs', 'EndToEndId') ?? null,
      ...{ direction, isReturn, day },
      amountCents: centsOf(textAt(amount, '#text') ?? refuse('Amt')),
      currency: textAt(amount, '@Ccy') ?? refuse('Ccy'),
      info: listAt(at(detail, 'RmtInf'), 'Ustrd').map(String).join(' '),
    };
  });
}

function centsOf(written: string): bigint {
  const parts = /^(\d{1,15})(?:\.(\d{1,5}))?$/.exec(written.trim());
  const [, whole = '', decimals = ''] = parts ?? refuse('Amt');
  if (/[1-9]/.test(decimals.slice(2))) return refuse('more than two decimals');
  return BigInt(whole + decimals.slice(0, 2).padEnd(2, '0'));
}

function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (found, name) =>
      typeof found === 'object' && found !== null && Object.hasOwn(found, name)
        ? (found as Record<string, unknown>)[name] // as: an object that has the name
        : undefined,
    value,
  );
}

function textAt(value: unknown, ...path: readonly string[]): string | undefined {
  const found = at(value, ...path);
  return typeof found === 'string' && found !== '' ? found : undefined;
}

function listAt(value: unknown, name: string): readonly unknown[] {
  const found = at(value, name);
  return Array.isArray(found) ? (found as readonly unknown[]) : []; // as: a list of what the parser made
}

function refuse(reason: string): never {
  throw new DomainError('CAMT_INVALID', { reason });
}
