import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { aColleague, aPathway, asTheirPage } from './care-acts.ts';
import { fieldOf, handOf, hands } from './hand.ts';
import { languages, ownBrowser, picture, signedIn, violations } from './harness.ts';
import { wordsOf } from './words.ts';

const browser = ownBrowser();

/** A meeting that begins now, with one case of which two of three specialties are there. */
async function meetingUnderWay(page: Page): Promise<string> {
  const { now } = await asTheirPage<{ now: string }>(page, '/api/session');
  const [meetingId, caseId] = [randomUUID(), randomUUID()];
  const requiredSpecialties = ['oncology', 'radiotherapy', 'surgery'];
  const meeting = { meetingId, meetingType: 'rcp-senology', startsAt: now, requiredSpecialties };
  await asTheirPage(page, '/api/meetings/meetings', meeting);
  const { id: pathwayId, patientId } = await aPathway(page, 'breast-cancer');
  // Of several that begin at that moment it is put on the first.
  const placed = await asTheirPage<{ meetingId?: string }>(page, '/api/meetings/cases', {
    ...{ caseId, pathwayId, patientId, stepKey: 'meeting-1', meetingType: 'rcp-senology', earliest: now },
    question: 'Chirurgie première ?',
    side: 'left',
  });
  const attendees = await Promise.all(
    ['Sam Chirurgie', 'Olga Oncologie'].map(async (name) => ({
      practitionerId: await aColleague(page, name),
      mode: 'present',
    })),
  );
  await asTheirPage(page, `/api/meetings/cases/${caseId}/attendance`, { attendees });
  return `/meetings/${placed.meetingId ?? ''}?case=${caseId}`;
}

describe.each(languages)('a meeting in %s', (language) => {
  const t = wordsOf(language, 'meetings');
  let coordinator: Page;
  let chair: Page;

  beforeAll(async () => {
    coordinator = await signedIn(browser(), { person: 'coordinator', language });
    chair = await signedIn(browser(), { person: 'chair', language });
  });

  afterAll(async () => {
    await coordinator.context().close();
    await chair.context().close();
  });

  it.each(hands)('shows two browsers one quorum, is decided by %s alone, and leaves a sheet', async (name) => {
    const path = await meetingUnderWay(coordinator);
    await coordinator.goto(new URL(path, coordinator.url()).href);
    await chair.goto(new URL(path, chair.url()).href);
    await chair.getByText(t('quorum.missing')).waitFor();
    const sign = chair.getByRole('button', { name: new RegExp(`^${t('form.sign')}`) });
    expect(await sign.isDisabled()).toBe(true);

    // Who was there for another case of the meeting has a row already.
    const recording = handOf(name, coordinator);
    const row = coordinator.getByRole('radiogroup', { name: /Réda/ });
    await coordinator.getByText(t('quorum.missing')).waitFor();
    if (await row.isVisible()) await recording.radio(row.getByRole('radio', { name: t('mode.present') }));
    else await recording.choose(fieldOf(coordinator, t('presence.add')), /Réda/, 'Réda');
    await chair.getByText(t('quorum.met')).waitFor();
    if (name === 'keyboard') expect(await violations(chair)).toEqual([]);

    const deciding = handOf(name, chair);
    const [kind, orientation] = [t('decision.THERAPEUTIC_PROPOSAL'), t('orientation.SURGERY_FIRST')];
    await deciding.choose(fieldOf(chair, t('form.decision')), kind, kind.slice(0, 6));
    await deciding.choose(fieldOf(chair, t('form.orientation')), orientation, orientation.slice(0, 6));
    await deciding.radio(chair.getByRole('radio', { name: t('side.left') }));
    await deciding.type(chair.getByLabel(t('form.delay')), '30 jours');
    await picture(chair, `meeting-room-${language}`);
    if (name === 'keyboard') await chair.keyboard.press('Enter');
    else await deciding.press(sign);
    await chair.getByText(t('form.signed')).last().waitFor();
    await coordinator.getByText(t('outcome.decided')).waitFor();

    await deciding.press(chair.getByRole('button', { name: t('room.summary') }));
    await deciding.press(chair.getByRole('link', { name: t('outcome.sheet') }).first());
    await chair.getByRole('heading', { name: t('sheet.title') }).waitFor();
    await chair.getByText('30 jours').first().waitFor();
    await picture(chair, `meeting-sheet-${language}`);
  });
});
