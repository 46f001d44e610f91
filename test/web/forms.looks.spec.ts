import type { Page } from 'playwright-core';
import { fieldOf, handOf } from './hand.ts';
import { ownBrowser, settled, signedIn, violations } from './harness.ts';
import { screensOf } from './screens.ts';

/** A form, how it is filled so that it may be sent, and a field of it that the service does not take. */
interface Form {
  readonly of: string;
  readonly person: string;
  /** The screen, by the name under which `screens.ts` looks at it. */
  readonly screen: string;
  /** Buttons that open it. */
  readonly open?: readonly string[];
  readonly fill: (page: Page) => Promise<void>;
  readonly send: string;
  readonly field: string;
}

const typed =
  (label: string, text: string): Form['fill'] =>
  (page) =>
    page.getByRole('textbox', { name: label }).fill(text);

const forms: readonly Form[] = [
  {
    ...{ of: 'a view that is kept', person: 'coordinator', screen: 'my-day', open: ['Vues'], field: 'name' },
    fill: async (page) => {
      await page.getByRole('menuitem', { name: 'Garder cette vue' }).click();
      await page.getByLabel('Nom de la vue').fill('Mes retards');
    },
    send: 'Garder',
  },
  {
    ...{ of: 'a link for a patient', person: 'coordinator', screen: 'patients-patientId-links', field: 'address' },
    ...{ fill: typed('Numéro de téléphone', '06'), send: 'Envoyer le lien' },
  },
  {
    ...{ of: 'a fact that is taken back', person: 'coordinator', screen: 'pathways-id-facts', field: 'reason' },
    ...{ open: ['C’est une erreur'], fill: typed('En vos mots', 'Mauvais patient'), send: 'C’est une erreur' },
  },
  {
    ...{ of: 'a step that is skipped', person: 'coordinator', screen: 'pathways-id-table', field: 'reason' },
    ...{ open: ['Passer'], fill: typed('Pourquoi', 'Déjà fait ailleurs, compte rendu reçu.'), send: 'Passer' },
  },
  {
    ...{ of: 'a request for an opinion', person: 'requester', screen: 'opinions-new-chosen', field: 'question' },
    fill: async (page) => {
      await page.getByLabel('Que voulez-vous savoir ?').fill('Faut-il relire la biopsie ?');
      await handOf('keyboard', page).choose(fieldOf(page, 'Spécialité'), /anatomo/i, 'anatomo');
    },
    send: 'Envoyer la demande',
  },
  {
    ...{ of: 'what if', person: 'finance', screen: 'finance-what-if', field: 'params.diagnosisPrice' },
    ...{ fill: typed('diagnosisPrice', 'beaucoup'), send: 'Simuler' },
  },
];

const SUGGESTION = 'Cette valeur ne convient pas : écrivez-la autrement.';

const browser = ownBrowser();

/** What services answer to a command with a field that they do not take. */
const refuse = (page: Page, field: string): Promise<unknown> =>
  page.route('**/api/**', (route) => {
    const request = route.request();
    if (request.method() === 'GET' || /\/(?:names|search|logout)$/.test(request.url())) return route.continue();
    const errors = [{ field, message: SUGGESTION }];
    const problem = { title: 'Refusé', status: 422, code: 'INVALID_INPUT', detail: SUGGESTION, errors };
    return route.fulfill({ status: 422, contentType: 'application/problem+json', body: JSON.stringify(problem) });
  });

describe.each(forms.map((form) => [form.of, form] as const))('the form of %s', (_, form) => {
  it('says at the field what is wrong and what to do, and keeps what was typed', async () => {
    const page = await signedIn(browser(), { person: form.person }, '/glossary');
    const screen = (await screensOf(page, form.person)).find(({ name }) => name === form.screen);
    await page.goto(new URL(screen?.address ?? '', page.url()).href);
    await settled(page);
    await refuse(page, form.field);
    for (const name of form.open ?? [])
      await page.locator('#content').getByRole('button').filter({ hasText: name }).first().click();
    await form.fill(page);
    const before = await typedIn(page);
    await page.getByRole('button', { name: form.send, exact: true }).last().click();
    const field = page.locator('[aria-invalid="true"]').first();
    await field.waitFor();
    const told = await field.evaluate((element) =>
      (element.getAttribute('aria-describedby') ?? '')
        .split(' ')
        .map((id) => document.getElementById(id)?.textContent ?? '')
        .join(' '),
    );
    expect(told).toContain(SUGGESTION);
    expect(await typedIn(page)).toEqual(before);
    expect(await violations(page)).toEqual([]);
    await page.context().close();
  });
});

/** Everything that stands in the fields of the page. */
const typedIn = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() =>
    Array.from(document.querySelectorAll<HTMLInputElement>('input, textarea')).map(({ value }) => value),
  );
