import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import type { Service } from '@ariane/contracts';
import type { Store } from '@ariane/store';
import { Module, type Type } from '@nestjs/common';
import { contextIn, fromFile, loadFile, type Making, type Sample, type Told, type World } from './making.ts';
import { portalModule, portalWorld } from './portal-world.ts';

const soon = '2026-03-16T08:00:00Z';
const now = '2026-03-02T08:00:00Z';

async function made(answer: Promise<{ readonly status: number; readonly body: Told }>): Promise<Told> {
  const { status, body } = await answer;
  if (status >= 300) throw new Error(`A world is not made: ${status} ${body.code ?? ''}`);
  return body;
}

type Handle = Store['handle'];
type Aggregate = Parameters<Handle>[0];

async function pathwaysWorld({ service, load }: Making): Promise<World> {
  const { territory, post, signIn } = service;
  await signIn('administrator', { role: 'territory-administrator' });
  const registered = async (rpps: string) => {
    const exercises = [{ role: 'nurse', specialty: 'oncology', from: '2020-01-01' }];
    return (await made(post('administrator', '/practitioners', { rpps, name: 'Dr Essai', exercises }))).id;
  };
  const [practitionerId, other] = [await registered('99700218896'), await registered('99700218904')];
  await signIn('nurse', { role: 'coordinator', practitionerId });
  await signIn('worker', { role: 'coordinator' });
  await service.signInService('worker', 'workflows');
  const { paymentContracts } = await load<Record<string, Aggregate>>('pathways/src/aggregates.store');
  const { alerts } = await load<Record<string, Aggregate>>('pathways/src/alerts.store');
  const fixture = await load<{
    cover: (store: Store, rosters: unknown, context: unknown) => Promise<void>;
    rostersFor: (protocolId: string, practitionerId: string) => unknown;
  }>('pathways/src/rosters.fixture.store');
  const contract = { id: 'onco-pathway-a', version: 1, sha256: '1'.repeat(64) };
  const copy = { type: 'CopyPaymentContract', contract, activatedAt: now, protocols: ['breast-cancer'] };
  await service.store.handle(paymentContracts!, contract.id, copy, contextIn(territory));
  await fixture.cover(service.store, fixture.rostersFor('breast-cancer', practitionerId), contextIn(territory));
  const [patientId, id] = [randomUUID(), randomUUID()];
  const value = 'A-7304-41';
  const traits = {
    familyName: 'CANARI',
    givenNames: ['Élodie'],
    birthDate: '1948-05-17',
    sex: 'female',
    language: 'fr',
  };
  await made(post('nurse', '/patients', { id: patientId, ...traits, identifiers: [] }));
  const ground = 'same-establishment';
  const careTeam = ['coordinator', 'IDEC', 'SUR'].map((role) => ({ practitionerId, role, ground }));
  await made(post('nurse', '/pathways', { id, patientId, protocolId: 'breast-cancer', careTeam }));
  await made(post('worker', `/pathways/${id}/advance`));
  await made(post('worker', '/internal/wake'));
  const [task] = (await made(service.get('nurse', `/tasks?pathwayId=${id}`))).items ?? [];
  const alert = randomUUID();
  const raise = {
    type: 'RaiseAlert',
    id: alert,
    pathwayId: id,
    patientId,
    tier: 2,
    reason: 'step-late',
    raisedAt: now,
  };
  const owned = { ...raise, ownerRole: 'IDEC', ownerId: practitionerId };
  await service.store.handle(alerts!, alert, owned, contextIn(territory));
  const unanswered = randomUUID();
  const climbed = { ...raise, id: unanswered, ownerRole: 'territory-administrator', stepKey: 'imaging' };
  await service.store.handle(alerts!, unanswered, climbed, contextIn(territory));
  const organisation = { finess: '990000010', name: 'Hôpital' };
  const hospital = (await made(post('administrator', '/organisations', organisation))).id;
  const changeId = randomUUID();
  const changed = { changeId, reason: 'asked for', stepKey: 'imaging', latest: soon.slice(0, 10) };
  const [pathway, patient] = [`/pathways/${id}`, `/patients/${patientId}`];
  const version = '/protocols/breast-cancer/versions/1';
  const answers = Object.fromEntries(
    Object.entries({
      delivered: {},
      seen: {},
      acknowledge: {},
      handle: { outcome: 'called' },
      close: { reason: 'seen-to' },
      'hand-over': { to: practitionerId, reason: 'away' },
      snooze: { reason: 'away', until: '2026-03-02T12:00:00Z' },
      pause: { reason: 'away', until: '2026-03-02T12:00:00Z' },
      resume: {},
    }).map(([act, body]) => [`POST /alerts/:id/${act}`, { path: `/alerts/${alert}/${act}`, body }]),
  );
  const samples: Record<string, Sample> = {
    ...answers,
    'GET /pathways/:id': { path: pathway },
    'POST /pathways/:id/patient-requests': {
      path: `${pathway}/patient-requests`,
      body: { id: randomUUID(), kind: 'reasons', text: 'Pourquoi ?' },
    },
    'GET /pathways/:id/patient-requests': { path: `${pathway}/patient-requests` },
    'GET /pathways/:id/file': { path: `${pathway}/file?part=plan&part=timeline` },
    'GET /pathways/:id/timeline': { path: `${pathway}/timeline` },
    'GET /pathways/:id/changes': { path: `${pathway}/changes` },
    'GET /pathways': { mark: id },
    'GET /alerts': { path: `/alerts?pathwayId=${id}` },
    'GET /tasks': { path: `/tasks?pathwayId=${id}` },
    'GET /worklist': { mark: id },
    'GET /alerts/unanswered': { mark: unanswered },
    'GET /practitioners': { mark: practitionerId },
    'GET /organisations': { mark: hospital },
    'GET /practitioners/:id': { path: `/practitioners/${practitionerId}` },
    'GET /patients/:id': { path: patient },
    'GET /patients/:id/plan': { path: `${patient}/plan` },
    'GET /protocols/:id/versions/:version': { path: version },
    'GET /protocols/:id/versions/:version/difference/:other': { path: `${version}/difference/1` },
    'GET /protocols/:id/versions/:version/affected': { path: `${version}/affected` },
    'POST /patients/:id/traits': { path: `${patient}/traits`, body: { ...traits, identifiers: [] } },
    'POST /patients/:id/conditions': {
      path: `${patient}/conditions`,
      body: { id: randomUUID(), system: 'CIM-10', code: 'C50.9' },
    },
    'POST /patients/:id/measurements': {
      path: `${patient}/measurements`,
      body: { id: randomUUID(), code: '2160-0', value: 80, unit: 'umol/L', measuredAt: now },
    },
    'POST /pathways/:id/facts': {
      path: `${pathway}/facts`,
      body: { factId: randomUUID(), code: 'patient.refused', at: now },
    },
    'POST /pathways/:id/care-team': {
      path: `${pathway}/care-team`,
      body: { practitionerId: other, role: 'SUR', ground },
    },
    'POST /pathways/:id/care-team/leave': {
      path: `${pathway}/care-team/leave`,
      body: { practitionerId, role: 'SUR' },
    },
    'POST /pathways/:id/migrate': { path: `${pathway}/migrate`, body: { toVersion: 2, reason: 'newer', dryRun: true } },
    'POST /pathways/:id/steps': {
      path: `${pathway}/steps`,
      body: { changeId, reason: 'asked for', latest: changed.latest, kind: 'task', label: 'Appeler', role: 'IDEC' },
    },
    'POST /pathways/:id/steps/repeat': { path: `${pathway}/steps/repeat`, body: changed },
    'POST /pathways/:id/steps/move': { path: `${pathway}/steps/move`, body: changed },
    'POST /pathways/:id/steps/skip': {
      path: `${pathway}/steps/skip`,
      body: { changeId, reason: 'asked for', stepKey: 'imaging' },
    },
    'POST /pathways/:id/steps/share': {
      path: `${pathway}/steps/share`,
      body: { changeId, reason: 'once', stepKey: 'imaging', with: { pathwayId: randomUUID(), stepKey: 'imaging' } },
    },
    'POST /pathways/:id/changes/:changeId/withdraw': {
      path: `${pathway}/changes/${changeId}/withdraw`,
      body: { reason: 'asked for' },
    },
    'POST /pathways/:id/facts/:factId/withdraw': {
      path: `${pathway}/facts/${changeId}/withdraw`,
      body: { reason: 'asked for' },
    },
    'POST /pathways/:id/results/acknowledge': {
      path: `${pathway}/results/acknowledge`,
      body: { factIds: [randomUUID()] },
    },
    'POST /patients/:id/break-glass': {
      path: `${patient}/break-glass`,
      body: { id: randomUUID(), reason: 'emergency-care', text: 'Arrivée aux urgences.' },
    },
    'POST /tasks/:id/done': { path: `/tasks/${task?.id ?? ''}/done`, body: {} },
  };
  return { practitionerId, patientId, samples, secrets: ['CANARI', 'lodie', '1948-05-17', value] };
}

async function schedulingWorld({ service }: Making): Promise<World> {
  const { post, signIn } = service;
  await signIn('desk', { role: 'coordinator' });
  const [practitionerId, patientId, calendarId, appointmentId, pathwayId] = Array.from({ length: 5 }, () =>
    randomUUID(),
  );
  const who = practitionerId!;
  const hours = [1, 2, 3, 4, 5].map((weekday) => ({ weekday, from: '09:00', to: '12:00' }));
  const timeZone = 'Europe/Paris';
  const calendar = {
    calendarId,
    practitionerId: who,
    visits: [{ visitKind: 'imaging', minutes: 30 }],
    hours,
    timeZone,
  };
  await made(post('desk', '/calendars', calendar));
  const visit = { appointmentId, pathwayId, patientId, stepKey: 'imaging', visitKind: 'imaging' };
  await made(post('desk', '/appointments', { ...visit, calendarId, startsAt: '2026-03-09T08:00:00Z' }));
  const roster = { rosterId: randomUUID(), role: 'IDEC', practitionerId: who, from: '2026-01-01', timeZone, hours };
  await made(post('desk', '/duty-rosters', roster));
  const leave = { practitionerId: who, from: '2026-04-06', until: '2026-04-10', timeZone };
  const leaveId = randomUUID();
  await made(post('desk', '/leaves', { ...leave, leaveId }));
  const one = `/appointments/${appointmentId!}`;
  const samples: Record<string, Sample> = {
    'GET /appointments/:id': { path: one },
    'GET /appointments': { path: `/appointments?pathwayId=${pathwayId!}`, mark: appointmentId! },
    'GET /own-appointments': { mark: appointmentId! },
    'GET /own-appointments/:id/proposals': { path: `/own-appointments/${appointmentId!}/proposals` },
    'POST /own-appointments/:id/choose': {
      path: `/own-appointments/${appointmentId!}/choose`,
      body: { calendarId, startsAt: '2026-03-10T09:00:00Z' },
    },
    'POST /own-appointments/:id/accept': { path: `/own-appointments/${appointmentId!}/accept`, body: {} },
    'GET /calendars': { mark: calendarId! },
    'GET /slots': {
      path: '/slots?visitKind=imaging&from=2026-03-09T00:00:00Z&to=2026-03-10T00:00:00Z',
      mark: calendarId!,
    },
    'GET /duty-rosters': { mark: roster.rosterId },
    'GET /leaves': { mark: leaveId },
    'POST /appointments/:id/confirm': { path: `${one}/confirm`, body: {} },
    'POST /appointments/:id/move': {
      path: `${one}/move`,
      body: { calendarId, startsAt: '2026-03-09T09:00:00Z', reason: 'patient-asked' },
    },
    'POST /appointments/:id/cancel': { path: `${one}/cancel`, body: { reason: 'patient-asked' } },
    'POST /appointments/:id/attended': { path: `${one}/attended`, body: {} },
    'POST /appointments/:id/missed': { path: `${one}/missed`, body: { reason: 'patient-absent' } },
    'POST /calendars/:id/exceptions': {
      path: `/calendars/${calendarId!}/exceptions`,
      body: { from: '2026-03-10T08:00:00Z', to: '2026-03-10T09:00:00Z', open: false, reason: 'training' },
    },
    'POST /leaves': { body: { ...leave, leaveId: randomUUID() } },
    'POST /leaves/:id/withdraw': { path: `/leaves/${leaveId}/withdraw`, body: {} },
  };
  return { practitionerId: who, patientId: patientId!, samples, secrets: [] };
}

async function opinionsWorld({ service, load }: Making): Promise<World> {
  const { territory, post, signIn, store } = service;
  await signIn('desk', { role: 'coordinator' });
  const { practitioners } = await load<Record<string, Aggregate>>('tele-expertise/src/opinion-requests.store');
  const [practitionerId, other] = [randomUUID(), randomUUID()];
  const exercises = [{ role: 'doctor', specialty: 'pathology', from: '2020-01-01' }];
  for (const id of [practitionerId, other]) {
    const copy = { type: 'CopyPractitioner', exercises };
    await store.handle(practitioners!, id, copy, contextIn(territory));
  }
  const patientId = randomUUID();
  const asking = (requesterId: string, expertId: string) => ({
    ...{
      requestId: randomUUID(),
      pathwayId: randomUUID(),
      patientId,
      stepKey: 'second-reading',
      specialty: 'pathology',
    },
    ...{ requesterId, expertId, question: 'Relecture ?', dueAt: soon },
  });
  const [own, theirs] = [asking(practitionerId, other), asking(other, practitionerId)];
  for (const one of [own, theirs]) await made(post('desk', '/opinion-requests', one));
  const [asked, answering] = [`/opinion-requests/${own.requestId}`, `/opinion-requests/${theirs.requestId}`];
  const samples: Record<string, Sample> = {
    'GET /opinion-requests': { mark: own.requestId },
    'GET /opinion-requests/:id': { path: asked },
    'POST /opinion-requests': { body: { ...asking(practitionerId, other), requestId: randomUUID() } },
    'POST /opinion-requests/:id/accept': { path: `${answering}/accept`, body: {} },
    'POST /opinion-requests/:id/decline': { path: `${answering}/decline`, body: { reason: 'not-my-field' } },
    'POST /opinion-requests/:id/redirect': {
      path: `${answering}/redirect`,
      body: { toExpertId: other, reason: 'not-my-field' },
    },
    'POST /opinion-requests/:id/answer': {
      path: `${answering}/answer`,
      body: { conclusion: 'benign', text: 'Bénin.' },
    },
    'POST /opinion-requests/:id/cancel': { path: `${asked}/cancel`, body: { reason: 'no-need' } },
  };
  return { practitionerId, patientId, samples, secrets: [] };
}

async function meetingsWorld({ service }: Making): Promise<World> {
  const { post, signIn } = service;
  await signIn('desk', { role: 'coordinator' });
  const [practitionerId, patientId, meetingId, caseId] = Array.from({ length: 4 }, () => randomUUID());
  const meetingType = 'rcp-senology';
  const requiredSpecialties = ['surgery'];
  await made(post('desk', '/meetings', { meetingId, meetingType, startsAt: soon, requiredSpecialties }));
  const dossier = { caseId, pathwayId: randomUUID(), patientId, stepKey: 'meeting-1', meetingType, earliest: now };
  await made(post('desk', '/cases', dossier));
  const one = `/cases/${caseId!}`;
  const samples: Record<string, Sample> = {
    'GET /cases': { mark: caseId! },
    'GET /cases/:id': { path: one },
    'GET /meetings': { mark: meetingId! },
    'GET /meetings/:id': { path: `/meetings/${meetingId!}` },
    'POST /cases/:id/attendance': { path: `${one}/attendance`, body: { attendees: [] } },
    'POST /cases/:id/decision': {
      path: `${one}/decision`,
      body: { decision: 'THERAPEUTIC_PROPOSAL', orientation: 'SURGERY_FIRST' },
    },
    'POST /cases/:id/defer': { path: `${one}/defer`, body: { reason: 'DEFERRED_NO_QUORUM' } },
  };
  return { practitionerId: practitionerId!, patientId: patientId!, samples, secrets: [] };
}

interface Fixture {
  readonly components: readonly { readonly id: string }[];
  readonly examples: readonly { readonly expect: Record<string, unknown> }[];
}

/** Example 2 without what is settled by year. */
function monthsContract(): object {
  const file = join(__dirname, '..', '..', 'services', 'capitation', 'fixtures', '2-pmpm.json');
  const fixture = JSON.parse(readFileSync(file, 'utf8')) as Fixture; // as: the language's own file
  return {
    ...fixture,
    validity: { from: '2026-01-01', to: null },
    components: fixture.components.filter(({ id }) => id !== 'quality'),
    examples: fixture.examples.map((example) => ({
      ...example,
      expect: Object.fromEntries(Object.entries(example.expect).filter(([name]) => !name.startsWith('quality'))),
    })),
  };
}

async function capitationWorld({ service }: Making): Promise<World> {
  const { call, post, get, signIn } = service;
  const practitionerId = randomUUID();
  const party = `prac:${practitionerId}`;
  await signIn('preparer', { role: 'finance', subject: 'preparer' });
  await signIn('approver', { role: 'finance-approver', subject: 'approver' });
  await signIn('gp', { role: 'specialist', practitionerId });
  await made(post('preparer', '/payment-contracts', monthsContract()));
  const contract = '/payment-contracts/diabetes-pmpm/versions/1';
  const { sha256 } = await made(post('approver', `${contract}/dry-runs`));
  await made(post('approver', `${contract}/activate`, { dryRun: sha256 }));
  const member = 'PAYER-NUMBER-4711';
  const file = ['member;from;to;score;version', `${member};2026-01-01;;1.000;v1`].join('\n');
  await made(call('preparer', 'POST', '/rosters/msp-b/files?as=ours&month=2026-03', file));
  await made(post('preparer', '/rosters/msp-b/contracts/diabetes-pmpm/months/2026-03/runs', { given: {} }));
  const book = '/books/msp-b';
  const waivers = [{ item: 'UNPOSTED_DELTAS', reason: 'A month of a test.' }];
  await made(post('preparer', `${book}/periods/2026-02/closing`, { waivers }));
  const promise = {
    book: 'msp-b',
    code: 'INSTALMENT_DUE',
    debit: 'expenses:care',
    credit: `liabilities:payable:${party}`,
  };
  const days = { effectiveAt: now, dueAt: now, expiresAt: soon };
  const [kept, open, cause] = [randomUUID(), randomUUID(), randomUUID()];
  for (const id of [kept, open]) {
    await made(post('preparer', '/pendings', { id, ...promise, ...days, amount: '10.00' }));
  }
  await made(post('preparer', `/pendings/pending-${kept}/fulfilments`, { effectiveAt: now }, { key: cause }));
  const entry = `pending-${kept}-resolved`;
  const entries = (await made(get('preparer', '/books/msp-b/entries'))).items ?? [];
  const computed = entries.find(({ id }) => id !== entry)?.id ?? '';
  await made(post('preparer', '/books/msp-b/periods/2026-03/statements', { kind: 'PROFESSIONAL' }));
  const dispute = { id: randomUUID(), entryId: entry, party, reason: 'Too little.' };
  await made(post('gp', '/disputes', dispute));
  const month = `${book}/periods/2026-03`;
  const statement = `${book}/statements/PROFESSIONAL/1`;
  const key = '/payment-contracts/diabetes-pmpm/keys/team';
  const samples: Record<string, Sample> = {
    'GET /books': { mark: 'msp-b' },
    'GET /payment-contracts': { mark: 'diabetes-pmpm' },
    'GET /payment-contracts/:id/versions/:version/dry-run': { path: `${contract}/dry-run` },
    'GET /payment-contracts/:id/recorded-inputs': {
      path: '/payment-contracts/diabetes-pmpm/recorded-inputs?month=2026-03',
    },
    'GET /books/:id/pendings': { path: `${book}/pendings` },
    'GET /books/:id/variance': { path: `${book}/variance?contract=diabetes-pmpm&before=2026-02&after=2026-03` },
    'GET /books/:id/ageing': { path: `${book}/ageing?of=receivables&month=2026-03` },
    'GET /books/:id/trial-balance': { path: `${book}/trial-balance` },
    'GET /books/:id/entries': { path: `${book}/entries` },
    'GET /books/:id/verify': { path: `${book}/verify` },
    'GET /books/:id/comparison': { path: `${book}/comparison?month=2026-03` },
    'GET /books/:id/leakage': { path: `${book}/leakage?month=2026-03&by=provider` },
    'GET /books/:id/indicators': { path: `${book}/indicators` },
    'GET /books/:id/journal': { path: `${book}/journal` },
    'GET /books/:id/fec': { path: `${book}/fec?siren=123456789&year=2026` },
    'GET /books/:id/periods': { path: `${book}/periods`, mark: '2026-02' },
    'GET /books/:id/periods/:month': { path: `${book}/periods/2026-02` },
    'GET /books/:id/periods/:month/checklist': { path: `${month}/checklist` },
    'GET /books/:id/periods/:month/prior': { path: `${month}/prior` },
    'GET /books/:id/periods/:month/trial-balance': { path: `${month}/trial-balance` },
    'GET /books/:id/periods/:month/reasons': { path: `${month}/reasons` },
    'GET /books/:id/periods/:month/entries': { path: `${month}/entries?account=liabilities:payable:${party}` },
    'GET /books/:id/balance': {
      path: `${book}/balance?account=liabilities:payable:${party}&effective=${now}&known=${now}`,
    },
    'GET /entries/:id': { path: `/entries/${entry}` },
    'GET /entries/:id/explanation': { path: `/entries/${computed}/explanation` },
    'GET /entries/:id/proof': { path: `/entries/${entry}/proof`, absent: true },
    'GET /events/:eventId/entries': { path: `/events/${cause}/entries`, mark: entry },
    'GET /statements': { path: `/statements?book=msp-b&party=${party}` },
    'GET /books/:id/statements': { path: `${book}/statements?party=${party}` },
    'GET /books/:id/statements/:kind/:number': { path: statement },
    'GET /books/:id/statements/:kind/:number/lines': { path: `${statement}/lines` },
    'GET /books/:id/statements/:kind/:number/file': { path: `${statement}/file?format=csv` },
    'GET /books/:id/payment-batches/:batch/advices/:party': {
      path: `${book}/payment-batches/${randomUUID()}/advices/${party}`,
      absent: true,
    },
    'GET /payment-contracts/:contract/keys/:key': { path: key, absent: true },
    'GET /payment-contracts/:contract/keys/:key/proposals/:id/simulation': {
      path: `${key}/proposals/${randomUUID()}/simulation`,
      absent: true,
    },
    'GET /disputes': { mark: dispute.id },
    'GET /rosters/:book/contracts/:contract/months/:month': {
      path: '/rosters/msp-b/contracts/diabetes-pmpm/months/2026-03',
    },
    'GET /rosters/:book/months/:month/moves': { path: '/rosters/msp-b/months/2026-03/moves?since=2026-02' },
    'POST /payment-contracts/:id/versions/:version/review': { path: `${contract}/review` },
    'POST /payment-contracts/:id/versions/:version/dry-runs': { path: `${contract}/dry-runs`, body: {} },
    'POST /payment-contracts/:id/versions/:version/suspend': {
      path: `${contract}/suspend`,
      body: { from: '2026-04-01' },
    },
    'POST /payment-contracts/:id/versions/:version/end': { path: `${contract}/end`, body: { endsOn: '2026-12-31' } },
    'POST /payment-contracts/:id/versions/:version/activate': {
      path: `${contract}/activate`,
      body: { dryRun: sha256 },
    },
    'POST /books/:id/periods/:month/closing': { path: `${month}/closing`, body: { waivers: [] } },
    'POST /books/:id/periods/:month/approvals': { path: `${book}/periods/2026-02/approvals` },
    'POST /books/:id/periods/:month/abandonments': { path: `${book}/periods/2026-02/abandonments` },
    'PUT /books/:id/bank-details/:party': {
      path: `${book}/bank-details/${party}`,
      body: { iban: 'FR7630006000011234567890189', name: 'Dr Essai' },
    },
    'POST /books/:id/bank-details/:party/confirmations': {
      path: `${book}/bank-details/${party}/confirmations`,
      absent: true,
    },
    'POST /books/:id/payment-batches': {
      path: `${book}/payment-batches`,
      body: { id: randomUUID(), executionDate: '2026-03-10' },
    },
    'POST /rosters/:book/contracts/:contract/months/:month/runs': {
      path: '/rosters/msp-b/contracts/diabetes-pmpm/months/2026-03/runs',
      body: { given: {} },
    },
    'POST /rosters/:book/contracts/:contract/months/:month/reversals': {
      path: '/rosters/msp-b/contracts/diabetes-pmpm/months/2026-03/reversals',
    },
    'POST /disputes': { body: { ...dispute, id: randomUUID() } },
    'POST /disputes/:id/answers': { path: `/disputes/${dispute.id}/answers`, body: { answer: 'Looked at.' } },
    'POST /disputes/:id/decisions': { path: `/disputes/${dispute.id}/decisions`, body: { outcome: 'REJECTED' } },
    'POST /entries/:id/reversals': { path: `/entries/${entry}/reversals`, body: {} },
    'POST /pendings': { body: { id: randomUUID(), ...promise, ...days, amount: '10.00' } },
    'POST /pendings/:id/fulfilments': { path: `/pendings/pending-${open}/fulfilments`, body: { effectiveAt: now } },
    'POST /pendings/:id/releases': { path: `/pendings/pending-${open}/releases`, body: {} },
    'POST /pendings/:id/expiries': { path: `/pendings/pending-${open}/expiries`, body: {} },
    'POST /books/:id/guards': {
      path: `${book}/guards`,
      body: { account: `liabilities:payable:${party}`, guard: 'NO_DEBIT_BALANCE' },
    },
    'POST /books/:id/periods/:month/statements': { path: `${month}/statements`, body: { kind: 'PAYER' } },
  };
  return { practitionerId, patientId: randomUUID(), samples, secrets: [member] };
}

/** What operations look at, with nothing behind it: a workflow's worker has no database and needs Temporal. */
async function workflowsModule(): Promise<Type> {
  const { RECONCILER } = await loadFile<{ RECONCILER: symbol }>('../workflows/src/reconciler.store');
  const controller = await fromFile('../workflows/src/watched.controller', 'WatchedController');
  @Module({
    controllers: [controller],
    providers: [{ provide: RECONCILER, useValue: { look: () => Promise.resolve(0), counts: {} } }],
  })
  class WatchedModule {}
  return WatchedModule;
}

/** The services with their modules and what is put into them, in the order of the table. */
export const worlds: readonly {
  readonly name: Service | 'workflows';
  /** Has a store, and hence the routes of `storing`. */
  readonly storing: boolean;
  /** Has an audit of its own, and hence the routes of `auditing`: as `storing` unless it is said. */
  readonly auditing?: boolean;
  readonly module: () => Promise<Type>;
  readonly documentPaths?: readonly string[];
  readonly make: (making: Making) => Promise<World>;
}[] = [
  {
    name: 'pathways',
    storing: true,
    module: () => fromFile('pathways/src/pathways.module', 'PathwaysModule'),
    make: pathwaysWorld,
  },
  {
    name: 'scheduling',
    storing: true,
    module: () => fromFile('scheduling/src/scheduling.module', 'SchedulingModule'),
    make: schedulingWorld,
  },
  {
    name: 'tele-expertise',
    storing: true,
    module: () => fromFile('tele-expertise/src/tele-expertise.module', 'TeleExpertiseModule'),
    make: opinionsWorld,
  },
  {
    name: 'meetings',
    storing: true,
    module: () => fromFile('meetings/src/meetings.module', 'MeetingsModule'),
    make: meetingsWorld,
  },
  {
    name: 'capitation',
    storing: true,
    module: () => fromFile('capitation/src/capitation.module', 'CapitationModule'),
    documentPaths: ['/payment-contracts'],
    make: capitationWorld,
  },
  { name: 'portal', storing: true, auditing: false, module: portalModule, make: portalWorld },
  {
    name: 'workflows',
    storing: false,
    module: workflowsModule,
    make: () => Promise.resolve({ practitionerId: randomUUID(), patientId: randomUUID(), samples: {}, secrets: [] }),
  },
];
