import type { Page } from 'playwright-core';
import { aPathway } from './care-acts.ts';
import { fieldOf, type Hand, handOf, hands } from './hand.ts';
import { languages, ownBrowser, picture, settled, signedIn, violations } from './harness.ts';
import { wordsOf } from './words.ts';

const browser = ownBrowser();

describe.each(languages)('an opinion in %s', (language) => {
  const t = wordsOf(language, 'opinions');
  let asker: Page;
  let expert: Page;
  let pathwayId: string;

  beforeAll(async () => {
    asker = await signedIn(browser(), { person: 'coordinator', language });
    expert = await signedIn(browser(), { person: 'specialist', language });
    pathwayId = (await aPathway(asker, 'breast-cancer')).id;
  });

  afterAll(async () => {
    await asker.context().close();
    await expert.context().close();
  });

  /** Asks with the pathway’s data; answers with the id of the request. */
  async function asked(hand: Hand, question: string): Promise<string> {
    await asker.goto(new URL(`/opinions/new?pathway=${pathwayId}`, asker.url()).href);
    await hand.type(asker.getByLabel(t('new.question')), question);
    const specialty = wordsOf(language, 'words')('specialty.pathology');
    await hand.choose(fieldOf(asker, t('target.specialty')), specialty, specialty.slice(0, 5));
    await hand.choose(fieldOf(asker, t('target.person')), /Ève/, 'Ève');
    await settled(asker);
    await hand.press(asker.getByRole('button', { name: t('new.send') }));
    await asker.getByText(t('waiting.asked')).waitFor();
    return new URL(asker.url()).searchParams.get('request') ?? '';
  }

  it.each(hands)('is asked, answered and signed by %s alone, and seen by who asked without reloading', async (name) => {
    const mark = String(Date.now());
    const id = await asked(handOf(name, asker), `Relecture : bénin ou malin ? (${mark})`);

    const hand = handOf(name, expert);
    await hand.goTo(wordsOf(language, 'shell')('area.opinions'), 'o');
    await hand.row(expert.locator(`[data-row="${id}"]`));
    await expert.getByText(mark).waitFor();
    const first = expert.getByRole('main').getByRole('radio').first();
    if (name === 'keyboard') await expert.keyboard.press('1');
    else await hand.radio(first);
    const answer = expert.getByLabel(t('answer.text'));
    if (name === 'keyboard') {
      await expert.keyboard.press('e');
      await expert.keyboard.type(`Aspect rassurant. (${mark})`);
      await picture(expert, `opinion-to-give-${language}`);
      await expert.keyboard.press('Control+Enter');
    } else {
      await hand.type(answer, `Aspect rassurant. (${mark})`);
      await hand.press(expert.getByRole('button', { name: t('answer.sign') }));
    }
    await expert.getByText(t('answer.signed')).last().waitFor();
    // Whoever goes on by keys is in the list, and not at the top of the page.
    await expert.waitForFunction(() => document.activeElement?.closest('[data-row]') !== null);

    await asker.getByText(`Aspect rassurant. (${mark})`).waitFor();
    await picture(asker, `opinion-given-${language}`);
  });

  it('has no fault that axe-core knows of where it is asked and where it is given', async () => {
    const id = await asked(handOf('mouse', asker), `Accessibilité ? (${String(Date.now())})`);
    await expert.goto(new URL(`/opinions?request=${id}`, expert.url()).href);
    await expert.getByLabel(t('answer.text')).waitFor();
    await settled(expert);
    expect([await violations(asker), await violations(expert)]).toEqual([[], []]);
  });

  it('is not sent by Enter in a list in which nobody has the letters that were typed', async () => {
    await asker.goto(new URL(`/opinions/new?pathway=${pathwayId}`, asker.url()).href);
    const hand = handOf('keyboard', asker);
    await hand.type(asker.getByLabel(t('new.question')), 'À qui ?');
    const specialty = wordsOf(language, 'words')('specialty.pathology');
    await hand.choose(fieldOf(asker, t('target.specialty')), specialty, specialty.slice(0, 5));
    await hand.type(fieldOf(asker, t('target.person')), 'zzzz');
    await asker.getByText(wordsOf(language, 'words')('nobodyFound')).waitFor();
    await asker.keyboard.press('Enter');
    await asker.keyboard.press('Escape');
    await settled(asker);
    expect(await asker.getByRole('button', { name: t('new.send') }).isEnabled()).toBe(true);
  });

  it('is not signed on a screen that was read eleven minutes ago, until it is read again (H17)', async () => {
    const words = wordsOf(language, 'words');
    const id = await asked(handOf('mouse', asker), `Lu il y a longtemps ? (${String(Date.now())})`);
    const page = await expert.context().newPage();
    await page.clock.install();
    await page.goto(new URL(`/opinions?request=${id}`, expert.url()).href);
    const first = page.getByRole('main').getByRole('radio').first();
    await handOf('mouse', page).radio(first);
    await page.getByLabel(t('answer.text')).fill('Aspect rassurant.');
    const sign = page.getByRole('button', { name: t('answer.sign') });
    await page.waitForFunction(
      (button) => button instanceof HTMLButtonElement && !button.disabled,
      await sign.elementHandle(),
    );
    await page.clock.fastForward('11:00');
    await page.getByText(words('tooOld.title')).waitFor();
    expect(await sign.isDisabled()).toBe(true);
    await page.getByRole('button', { name: words('tooOld.again') }).click();
    await page.getByText(words('tooOld.title')).waitFor({ state: 'hidden' });
    expect(await sign.isEnabled()).toBe(true);
    await page.close();
  });

  it('is not asked where life is at stake: the number to call takes its place', async () => {
    await asker.goto(new URL(`/opinions/new?pathway=${pathwayId}`, asker.url()).href);
    await asker.getByRole('radio', { name: t('within.life-threatening') }).click();
    await asker.getByRole('alert').getByText(t('new.callTitle')).waitFor();
    expect(await asker.getByRole('button', { name: t('new.send') }).isDisabled()).toBe(true);
  });
});
