import type { Browser, Page } from 'playwright-core';
import { asTheirPage } from './care-acts.ts';
import { type Language, ownBrowser, portalUrl, type Scheme, signedIn, visitOf } from './harness.ts';

export const PHONE = { width: 390, height: 844 };

export interface Pathway {
  readonly id: string;
  readonly patientId: string;
  readonly protocol: { readonly id: string };
  readonly disclosure: 'SUSPICION' | 'ANNOUNCED';
  readonly steps: readonly { readonly label: string; readonly status: string }[];
  readonly team: readonly { readonly practitionerId: string; readonly role: string }[];
}
export interface Listed<T> {
  readonly items: readonly T[];
}

/** A patient of the demo whom the coordinator cares for. */
async function someone(desk: Page): Promise<string> {
  const { items } = await asTheirPage<Listed<Pathway>>(desk, '/api/pathways/pathways?status=ACTIVE&limit=1');
  return items[0]?.patientId ?? '';
}

/** A breast cancer pathway as it stands before or after its diagnosis was announced, the farthest of them. */
export async function breastPathway(desk: Page, disclosure: Pathway['disclosure']): Promise<Pathway> {
  const { items } = await asTheirPage<Listed<Pathway>>(desk, '/api/pathways/pathways?limit=200');
  const ours = items.filter(({ protocol }) => protocol.id === 'breast-cancer');
  const whole: Pathway[] = [];
  for (const { id } of ours) whole.push(await asTheirPage<Pathway>(desk, `/api/pathways/pathways/${id}`));
  const doneOf = ({ steps }: Pathway): number => steps.filter(({ status }) => status === 'done').length;
  const found = whole.filter((one) => one.disclosure === disclosure).sort((a, b) => doneOf(b) - doneOf(a))[0];
  if (found === undefined) throw new Error(`The demo has no breast cancer that is ${disclosure}.`);
  return found;
}

interface Message {
  readonly url?: string;
  readonly code?: string;
}

/** The newest message of the demo's inbox with a link or a code in it. */
export async function newest(desk: Page, what: keyof Message): Promise<string> {
  const { items } = await asTheirPage<Listed<Message>>(desk, '/api/inbox');
  return items.find((message) => message[what] !== undefined)?.[what] ?? '';
}

/** The coordinator sends a link from the patient's screen; gives the link that has arrived. */
export async function linkSent(desk: Page, address: string, patientId: string): Promise<string> {
  await desk.goto(`${portalUrl}/patients/${patientId}/links`);
  await desk.getByLabel('Numéro de téléphone').fill(address);
  const made = desk.waitForResponse((one) => one.url().endsWith('/api/patient-links'));
  await desk.getByRole('button', { name: 'Envoyer le lien' }).click();
  const status = (await made).status();
  if (status !== 201) throw new Error(`A link was not made: ${String(status)}.`);
  return newest(desk, 'url');
}

/** What a phone without much of a network is given to answer. */
export const SLOW_MS = 90_000;

export const send = { fr: 'Recevoir mon code', en: 'Get my code' };
const planTitle = { fr: 'Plan de soins partagé', en: 'Shared care plan' };
export const open = { fr: 'Ouvrir ma page', en: 'Open my page' };

export interface PhoneVisit {
  readonly language?: Language;
  readonly scheme?: Scheme;
  readonly viewport?: { readonly width: number; readonly height: number };
}

/** The browser, and the coordinator's page in it, whose demo inbox gets the messages. */
interface Desk {
  readonly browser: Browser;
  readonly desk: Page;
}

/** A phone on which the link was opened and the code typed. */
export async function phoneAt(url: string, { browser, desk }: Desk, visit: PhoneVisit = {}): Promise<Page> {
  const { language = 'fr', scheme = 'light', viewport = PHONE } = visit;
  const context = await visitOf(browser, { person: '', language, scheme, viewport });
  const page = await context.newPage();
  await page.goto(url);
  await page.getByRole('button', { name: send[language] }).click({ timeout: SLOW_MS });
  const field = page.getByRole('textbox');
  await field.waitFor({ timeout: SLOW_MS });
  await field.fill(await newest(desk, 'code'));
  await page.getByRole('button', { name: open[language] }).click();
  await page.getByRole('navigation').or(page.getByText(planTitle[language])).first().waitFor({ timeout: SLOW_MS });
  return page;
}

/** A spec's browser, the coordinator's desk in it, and a patient of theirs, to whose phone links are sent. */
export function patientsDesk() {
  const browser = ownBrowser();
  const at = {} as { desk: Page; patientId: string }; // as: filled before the first test
  beforeAll(async () => {
    at.desk = await signedIn(browser(), { person: 'coordinator' });
    at.patientId = await someone(at.desk);
  });
  return {
    browser,
    at,
    linkTo: (address: string, to = at.patientId): Promise<string> => linkSent(at.desk, address, to),
    phoneWith: (url: string, visit?: PhoneVisit): Promise<Page> =>
      phoneAt(url, { browser: browser(), desk: at.desk }, visit),
  };
}
