import { randomUUID } from 'node:crypto';
import type { Browser, Page } from 'playwright-core';
import { aColleague, aPathway, asTheirPage, choose } from './care-acts.ts';
import { openBrowser, picture, signedIn, violations } from './harness.ts';

let browser: Browser;

beforeAll(async () => {
  browser = await openBrowser();
});

afterAll(async () => {
  await browser.close();
});

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

describe('a meeting', () => {
  it('shows two browsers one quorum, is decided by keyboard, and leaves a sheet', async () => {
    const coordinator = await signedIn(browser, { person: 'coordinator' });
    const path = await meetingUnderWay(coordinator);
    await coordinator.goto(new URL(path, coordinator.url()).href);
    const chair = await signedIn(browser, { person: 'chair' }, path);
    await chair.getByText('quorum incomplet').waitFor();
    expect(await chair.getByRole('button', { name: /Valider et suivant/ }).isDisabled()).toBe(true);

    // Who was there for another case of the meeting has a row already.
    const row = coordinator.getByRole('radiogroup', { name: /Réda/ });
    await coordinator.getByText('quorum incomplet').waitFor();
    if (await row.isVisible()) await row.getByText('présent').click();
    else await choose(coordinator, /Ajouter une personne/, 'Réda');
    await chair.getByText('quorum réuni').waitFor();
    expect(await violations(chair)).toEqual([]);

    await choose(chair, /^Décision/, 'Proposition');
    await choose(chair, /^Orientation/, 'chirurgie première');
    await chair.getByLabel('côté gauche').check();
    await chair.getByLabel('Délai').fill('30 jours');
    await picture(chair, 'meeting-room');
    await chair.keyboard.press('Enter');
    await chair.getByText('Décision signée').waitFor();
    await coordinator.getByText('Décision de la réunion').waitFor();

    await chair.getByRole('button', { name: 'Relevé de décisions' }).click();
    await chair.getByRole('link', { name: 'Fiche RCP' }).first().click();
    await chair.getByRole('heading', { name: 'Fiche de réunion de concertation' }).waitFor();
    await chair.getByText('Délai : 30 jours').waitFor();
    await picture(chair, 'meeting-sheet');
    await chair.context().close();
    await coordinator.context().close();
  });
});
