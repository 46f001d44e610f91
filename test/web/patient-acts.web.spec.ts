import { asTheirPage } from './care-acts.ts';
import { picture, portalUrl, settled, violations } from './harness.ts';
import { breastPathway, type Listed, newest, type Pathway, patientsDesk, SLOW_MS } from './phone.ts';

const { at, linkTo, phoneWith } = patientsDesk();

describe('before and after the diagnosis is announced', () => {
  /** What names the illness, what looks for it or who treats it. */
  const telling = /cancer|tumeur|mammo|biopsie|onco|chimio|RCP|sein/i;

  it('every label is neutral before, and says what is done after', async () => {
    const before = await breastPathway(at.desk, 'SUSPICION');
    const told = await phoneWith(await linkTo('+33600000021', before.patientId));
    await told.goto(`${portalUrl}/patient#pathway`);
    await told.locator('.thread li').first().waitFor();
    expect(await told.locator('#content').innerText()).not.toMatch(telling);
    await told.context().close();
    const after = await breastPathway(at.desk, 'ANNOUNCED');
    const phone = await phoneWith(await linkTo('+33600000022', after.patientId));
    await phone.goto(`${portalUrl}/patient#pathway`);
    await phone.getByText('Microbiopsie mammaire').waitFor();
    await phone.context().close();
  });
});

describe('what a patient does on the phone', () => {
  it('takes the time that is proposed, and moves it to another', async () => {
    const { items } = await asTheirPage<Listed<{ status: string; patientId: string; startsAt?: string }>>(
      at.desk,
      '/api/scheduling/appointments?limit=200',
    );
    const open = items.filter(({ status }) => status === 'held' || status === 'booked');
    const one = open.find(({ status }) => status === 'held') ?? open[0];
    const phone = await phoneWith(await linkTo('+33600000023', one?.patientId));
    await phone.getByRole('link', { name: 'Mes rendez-vous' }).click();
    const accept = phone.getByRole('button', { name: 'Prendre ce rendez-vous' });
    const move = phone.getByRole('button', { name: 'Changer de date' });
    await move.first().waitFor();
    for (let held = await accept.count(); held > 0; held -= 1) {
      await accept.first().click();
      await accept.nth(held - 1).waitFor({ state: 'detached' });
    }
    await phone.getByText('Réservé').first().waitFor();
    for (const button of await move.all()) {
      await button.click();
      const dates = phone.getByRole('group', { name: 'Dates possibles' });
      await dates.waitFor();
      const date = dates.getByRole('button').first();
      if ((await date.count()) === 0) {
        // Where no other date is near one asks for it, and is not left alone with that.
        await dates.getByRole('link', { name: 'Demander une autre date' }).waitFor();
        await phone.getByRole('button', { name: 'Fermer' }).click();
        continue;
      }
      await date.click();
      await phone.getByText(/C’est changé\. Nouveau rendez-vous le/).waitFor();
      break;
    }
    expect(await violations(phone)).toEqual([]);
    await picture(phone, 'patient-moved');
    await phone.context().close();
  });

  it('asks for a correction, and reads the answer that the coordinator wrote in one place', async () => {
    const words = `Mon adresse a changé (${String(Date.now())}).`;
    const phone = await phoneWith(await linkTo('+33600000024'));
    await phone.getByRole('link', { name: 'Demander' }).click();
    await phone.locator('summary').filter({ hasText: 'Faire corriger une information' }).click();
    await phone.locator('#text-correct').fill(words);
    await phone
      .locator('form')
      .filter({ has: phone.locator('#text-correct') })
      .getByRole('button')
      .click();
    await phone.getByRole('listitem').filter({ hasText: words }).waitFor();
    const { items } = await asTheirPage<Listed<Pathway>>(at.desk, `/api/pathways/pathways?patientId=${at.patientId}`);
    await at.desk.goto(`${portalUrl}/pathways/${items[0]?.id ?? ''}`);
    const asked = at.desk.getByRole('listitem').filter({ hasText: words }).last();
    await asked.getByLabel('Votre réponse').fill('C’est corrigé, merci.');
    await settled(at.desk);
    expect(await violations(at.desk)).toEqual([]);
    await picture(at.desk, 'patient-asks');
    await asked.getByRole('button', { name: 'Envoyer la réponse' }).click();
    await at.desk.getByText('La réponse est envoyée au patient.').waitFor();
    await phone.reload();
    await phone.getByRole('listitem').filter({ hasText: words }).getByText('C’est corrigé, merci.').waitFor();
    await phone.context().close();
  });

  it('states preferences that hold after a reload, and reads who saw the file', async () => {
    const phone = await phoneWith(await linkTo('+33600000025'));
    await phone.getByRole('link', { name: 'Mes préférences' }).click();
    const reminders = phone.getByRole('checkbox');
    const was = await reminders.isChecked();
    await reminders.click();
    await phone.getByText('Enregistré.', { exact: true }).waitFor();
    await phone.reload();
    await phone.getByRole('checkbox', { checked: !was }).waitFor();
    await phone.getByRole('link', { name: 'Qui a lu mon dossier' }).click();
    await phone.getByText('Démo Inès Coordination').first().waitFor();
    expect(await violations(phone)).toEqual([]);
    await phone.context().close();
  });

  it('loses nothing of what was typed on a slow phone that closes the page', async () => {
    const words = `Je me sens fatiguée (${String(Date.now())})`;
    const url = await linkTo('+33600000026');
    const phone = await phoneWith(url);
    const wire = await phone.context().newCDPSession(phone);
    // A slow 3G as Chromium's own tools have it: 400 kbit/s and 400 ms either way.
    const slow = { offline: false, latency: 400, downloadThroughput: 50_000, uploadThroughput: 50_000 };
    await wire.send('Network.emulateNetworkConditions', slow);
    await phone.getByRole('link', { name: 'Demander' }).click();
    await phone.locator('summary').filter({ hasText: 'Poser une question à l’équipe réunie' }).click();
    const box = phone.locator('#text-meeting');
    await box.fill(words);
    await phone.getByText('Enregistré, vous pouvez continuer plus tard.').waitFor({ timeout: SLOW_MS });
    await phone.reload();
    const isKept = (text: string) => document.querySelector<HTMLTextAreaElement>('#text-meeting')?.value === text;
    await phone.waitForFunction(isKept, words, { timeout: SLOW_MS });
    // Left in the middle of a word: the browser still sends what stood there.
    await box.fill(`${words}, encore`);
    await phone.reload();
    await phone.waitForFunction(isKept, `${words}, encore`, { timeout: SLOW_MS });
    await phone.context().close();
  });
});

describe('who cares in town', () => {
  it('opens the shared plan by link and code, and what the patient asked is answered there once', async () => {
    const pathway = await breastPathway(at.desk, 'ANNOUNCED');
    const gp = pathway.team.find(({ role }) => role === 'GP')?.practitionerId ?? '';
    const words = `Puis-je reprendre la marche ? (${String(Date.now())})`;
    const phone = await phoneWith(await linkTo('+33600000027', pathway.patientId));
    await phone.getByRole('link', { name: 'Demander' }).click();
    await phone.locator('summary').filter({ hasText: 'Demander les raisons d’une décision' }).click();
    await phone.locator('#text-reasons').fill(words);
    await phone
      .locator('form')
      .filter({ has: phone.locator('#text-reasons') })
      .getByRole('button')
      .click();
    await phone.getByRole('listitem').filter({ hasText: words }).waitFor();

    const path = `/api/pathways/pathways/${pathway.id}/patient-requests`;
    const { items } = await asTheirPage<Listed<{ text: string; taskId: string }>>(at.desk, path);
    const taskId = items.find(({ text }) => text === words)?.taskId ?? '';
    const handOver = { action: 'hand-over', ids: [taskId], to: gp, reason: 'knows-the-patient' };
    await asTheirPage(at.desk, '/api/pathways/tasks/bulk', handOver);
    await at.desk.goto(`${portalUrl}/patients/${pathway.patientId}/links`);
    const town = { holder: 'practitioner', practitionerId: gp, pathwayId: pathway.id, channel: 'sms', language: 'fr' };
    const link = { ...town, id: crypto.randomUUID(), patientId: pathway.patientId, address: '+33600000028' };
    await asTheirPage(at.desk, '/api/patient-links', link);
    const plan = await phoneWith(await newest(at.desk, 'url'));
    const asked = plan.getByRole('listitem').filter({ hasText: words });
    await asked.getByLabel('Votre réponse, que le patient lira').fill('Oui, une demi-heure par jour.');
    expect(await violations(plan)).toEqual([]);
    await picture(plan, 'shared-plan');
    await asked.getByRole('button', { name: 'Répondre' }).click();
    await plan.getByText('Confirmé. Merci.').waitFor();
    await asked.waitFor({ state: 'detached' });
    await phone.reload();
    await phone.getByRole('listitem').filter({ hasText: words }).getByText('Oui, une demi-heure par jour.').waitFor();
    await plan.context().close();
    await phone.context().close();
  });
});
