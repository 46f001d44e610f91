import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { directoryId, rppsSystem } from '@ariane/kernel';
import type { Page } from 'playwright-core';
import { demoPeople } from '../../deploy/identity-people.ts';
import { asTheirPage } from './care-acts.ts';

const fixture = join(import.meta.dirname, '../../services/capitation/fixtures/1-bundle.json');

/** `1 234,56 €` or `€1,234.56` in cents, digit by digit; a minus is a minus in either language. */
export const centsShown = (text: string): bigint => BigInt(text.replaceAll('\u2212', '-').replaceAll(/[^\d-]/g, ''));

/** `1234.56` in cents. */
export const centsTold = (text: string): bigint => BigInt(text.replace('.', ''));

/** The party under which a professional of the one-click sign-ins is paid. */
export function partyOf(person: string): string {
  const rpps = demoPeople.find(({ id }) => id === person)?.rpps ?? '';
  return `prac:${directoryId(rppsSystem, rpps)}`;
}

/** Both persons whom a contract needs, each signed in. */
interface Accountants {
  readonly finance: Page;
  readonly approver: Page;
}

const BOOKED_MONTH = '2025-12';

/**
 * A book of its own with one month of entries, in which one professional is owed something: what is closed and paid
 * there is nobody else's, so that a spec may run again. Gives the book's name.
 */
export async function ownBook({ finance, approver }: Accountants, name: string, payee: string): Promise<string> {
  const contract = JSON.parse(readFileSync(fixture, 'utf8')) as Readonly<Record<string, object>>; // as: our own file
  const document = {
    ...contract,
    ...{ contract: name, illustrative: true },
    parties: { ...contract['parties'], holder: `org:${name}` },
    validity: { from: '2025-01-01', to: null },
  };
  const path = '/api/capitation/payment-contracts';
  await asTheirPage(finance, path, document);
  const version = `${path}/${name}/versions/1`;
  const { sha256 } = await asTheirPage<{ readonly sha256: string }>(approver, `${version}/dry-runs`, {});
  await asTheirPage(approver, `${version}/activate`, { dryRun: sha256 });
  const given = { pathway: { status: 'COMPLETED' }, participants: [{ id: payee, points: '10' }] };
  const settled = { subject: `${name}-1`, given, effectiveAt: `${BOOKED_MONTH}-10T10:00:00.000Z` };
  await asTheirPage(finance, `${path}/${name}/settlements`, settled);
  return name;
}
