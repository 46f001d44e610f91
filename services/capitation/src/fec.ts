import { DomainError } from '@ariane/kernel';
import { dayOf, monthEnd, monthOf } from './book-time';
import type { Entry } from './entry';
import { decimal } from './export-table';
import { reasonOf } from './reasons';

/** The 18 fields of the file of accounting entries, in their order (LPF, art. A47 A-1, VII). */
export const fecFields = [
  ...['JournalCode', 'JournalLib', 'EcritureNum', 'EcritureDate', 'CompteNum', 'CompteLib', 'CompAuxNum', 'CompAuxLib'],
  ...['PieceRef', 'PieceDate', 'EcritureLib', 'Debit', 'Credit', 'EcritureLet', 'DateLet', 'ValidDate'],
  ...['Montantdevise', 'Idevise'],
] as const;

/** Classes of the French chart of accounts, by the beginning of ours; what follows is the auxiliary account. */
const chart: readonly { readonly prefix: string; readonly number: string; readonly label: string }[] = [
  { prefix: 'assets:receivable:', number: '41100000', label: 'Payeurs' },
  { prefix: 'assets:withheld:', number: '41170000', label: 'Retenues de garantie' },
  { prefix: 'assets:bank', number: '51200000', label: 'Banque' },
  { prefix: 'liabilities:payable:', number: '46710000', label: 'Professionnels, parts dues' },
  { prefix: 'liabilities:pool:', number: '46720000', label: 'Sommes à répartir' },
  { prefix: 'liabilities:reserve:', number: '46730000', label: 'Réserve à répartir' },
  { prefix: 'liabilities:refund-due:', number: '41960000', label: 'Payeurs, remboursements dus' },
  { prefix: 'liabilities:accrued:', number: '40810000', label: 'Factures non parvenues' },
  { prefix: 'income:coordination:', number: '70610000', label: 'Coordination' },
  { prefix: 'income:capitation:', number: '70620000', label: 'Capitation' },
  { prefix: 'income:', number: '70800000', label: 'Autres produits' },
  { prefix: 'expenses:outside-care', number: '61100000', label: 'Soins hors équipe' },
  { prefix: 'expenses:', number: '65800000', label: 'Charges diverses' },
  { prefix: 'liabilities:', number: '46780000', label: 'Autres comptes créditeurs' },
  { prefix: 'assets:', number: '46780000', label: 'Autres comptes débiteurs' },
];

/** The file's name: the company's number and the last day of its year. Throws INVALID_INPUT for no SIREN. */
export function fecName(siren: string, year: string): string {
  if (!/^\d{9}$/.test(siren)) throw new DomainError('INVALID_INPUT', {}, 'siren');
  return `${siren}FEC${year}1231.txt`;
}

/** The first line. */
export const fecHead = `${fecFields.join('\t')}\r\n`;

/**
 * An entry as lines of the file. Labels are kinds of movement: no patient, protocol or diagnosis stands in them.
 *
 * @param number the entry's number in the file's one journal, without gap
 */
export function fecEntry(entry: Entry, number: number, timeZone: string): string {
  const compact = (day: string): string => day.replaceAll('-', '');
  const booked = bookedOn(entry, timeZone);
  const label = reasonOf({ code: entry.code, rev: entry.line?.rev ?? null, effPeriod: entry.effPeriod }).fr;
  const lines = entry.legs.map(({ a, d, amt }) => {
    const { prefix, number: account, label: accountLabel } = placeOf(a);
    const auxiliary = a.slice(prefix.length);
    const amount = decimal(amt).replace('.', ',');
    return [
      ...['OD', 'Opérations diverses', String(number), compact(booked), account, accountLabel, auxiliary, auxiliary],
      ...[String(entry.seq), compact(dayOf(entry.eff, timeZone)), label],
      ...(d === 1 ? [amount, '0,00'] : ['0,00', amount]),
      ...['', '', compact(dayOf(entry.rec, timeZone)), '', ''],
    ].join('\t');
  });
  return `${lines.join('\r\n')}\r\n`;
}

function placeOf(account: string): (typeof chart)[number] {
  const found = chart.find(({ prefix }) => account.startsWith(prefix));
  if (!found) throw new DomainError('INVALID_INPUT', {}, 'account');
  return found;
}

/** The day an entry is booked on, within the month it is booked in: its own where it is in time, else the recording's. */
function bookedOn({ eff, rec, prior, period }: Entry, timeZone: string): string {
  if (!prior) return dayOf(eff, timeZone);
  const month = monthOf(rec, timeZone);
  if (month === period) return dayOf(rec, timeZone);
  return month < period ? `${period}-01` : dayOf(monthEnd(period, timeZone), timeZone);
}
