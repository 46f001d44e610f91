import { once } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import type { Store } from '@ariane/store';
import type { Type } from '@nestjs/common';
import { contextIn, fromFile, loadFile, type Making, type Signed, type World } from './making.ts';

const ORIGIN = 'http://portal.test';
const AREA = 'my-day';
const practitionerId = randomUUID();
const patientId = randomUUID();
const identity = { familyName: 'Demopatient', givenNames: ['Marie-Essai'], birthDate: '1961-02-03', sex: 'female' };
const shared = `view ${randomUUID()}`;
const told = `message ${randomUUID()}`;

/** The portal with its settings, and in the place of the provider and of the services one server that answers all. */
export async function portalModule(): Promise<Type> {
  const server = createServer((request, response) => {
    const url = `http://${request.headers.host ?? ''}`;
    response.setHeader('content-type', 'application/json').end(
      JSON.stringify({
        issuer: url,
        authorization_endpoint: `${url}/authorize`,
        token_endpoint: `${url}/token`,
        jwks_uri: `${url}/keys`,
      }),
    );
  }).listen(0, '127.0.0.1');
  server.unref();
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // as: it listens on TCP
  const folder = mkdtempSync(join(tmpdir(), 'portal-world-'));
  const secretFile = join(folder, 'secret');
  writeFileSync(secretFile, 'for this world only');
  for (const page of ['index.html', 'patient.html']) writeFileSync(join(folder, page), '<!doctype html>');
  const { passedOnServices } = await loadFile<{ readonly passedOnServices: readonly string[] }>('portal/src/passed-on');
  Object.assign(process.env, {
    ARIANE_PORTAL_URL: ORIGIN,
    ARIANE_OIDC_ISSUER: url,
    ARIANE_OIDC_CLIENT_ID: 'ariane-portal',
    ARIANE_OIDC_CLIENT_SECRET_FILE: secretFile,
    ARIANE_WEB_DIR: folder,
    ARIANE_OIDC_CLAIMS_FILE: join(__dirname, '..', '..', 'services', 'portal', 'claim-mappings', 'demo.json'),
    SERVICE_URLS: JSON.stringify(Object.fromEntries(passedOnServices.map((name) => [name, url]))),
  });
  return fromFile('portal/src/portal.module', 'PortalModule');
}

const subjectOf = (name: string): string => name.replace(' ', '-');

type Aggregate = Parameters<Store['handle']>[0];
interface Opens {
  open(...given: readonly unknown[]): Promise<string>;
}

/** A patient whom one professional cares for, with links and a view, and sessions of both kinds. */
export async function portalWorld({ service }: Making): Promise<World> {
  const { app, store, territory } = service;
  const copies = await loadFile<Record<string, Aggregate>>('portal/src/copies.store');
  const { patientLinks, messages } = await loadFile<Record<string, Aggregate>>('portal/src/patient-links.store');
  const { Sessions } = await loadFile<{ readonly Sessions: Type<Opens> }>('portal/src/sessions.store');
  const { PatientSessions } = await loadFile<{ readonly PatientSessions: Type<Opens> }>(
    'portal/src/patient-sessions.store',
  );
  const handle = (kind: Aggregate | undefined, id: string, command: object): Promise<unknown> => {
    if (kind === undefined) throw new Error('The portal keeps no such thing.');
    return store.handle(kind, id, command, contextIn(territory));
  };
  const nobody = randomUUID();
  for (const id of [patientId, nobody])
    await handle(copies['patientCopies'], id, { type: 'CopyPatient', patient: { ...identity, patientId: id } });
  const ground = { practitionerId, kind: 'care-team', caseId: randomUUID() };
  await handle(copies['acquaintances'], patientId, { type: 'AddGround', ground });
  await handle(copies['acquaintances'], patientId, { type: 'Present' });
  const viewOf = (name: string, isShared: boolean) => ({ area: AREA, name, search: {}, isShared });
  const own = randomUUID();
  await handle(copies['views'], randomUUID(), { type: 'SaveView', by: 'somebody', view: viewOf(shared, true) });
  await handle(copies['views'], own, {
    type: 'SaveView',
    by: subjectOf('related coordinator'),
    view: viewOf('mine', false),
  });
  const linkFor = async (ofPatient: string, holder: object): Promise<string> => {
    const linkId = randomUUID();
    const way = { channel: 'email', address: 'nobody@example.invalid', language: 'fr', createdBy: 'somebody' };
    const link = {
      linkId,
      patientId: ofPatient,
      holder,
      ...way,
      tokenHash: randomUUID(),
      endsAtMs: Date.now() + 3.6e6,
    };
    const written = { url: told, messageId: randomUUID(), at: '2026-03-02T08:00:00Z' };
    await handle(patientLinks, linkId, { type: 'MakeLink', link, ...written });
    return linkId;
  };
  const message = { purpose: 'link', channel: 'email', address: 'nobody@example.invalid', subject: told, text: told };
  await handle(messages, randomUUID(), { type: 'WriteMessage', message, at: '2026-03-02T08:00:00Z' });
  const link = `/api/patient-links/${await linkFor(patientId, { kind: 'patient' })}`;
  const newLink = {
    ...{ id: randomUUID(), patientId, holder: 'patient', channel: 'email', address: 'nobody@example.invalid' },
    language: 'fr',
  };

  /** A patient and who they trust come by a link, everybody else with an account. */
  async function headersOf(name: string, person: Signed): Promise<Readonly<Record<string, string>>> {
    const { role, territory: here = territory, ...ids } = person;
    const subject = { subject: subjectOf(name), name, roles: [role], territory: here, ...ids };
    if (role !== 'patient') {
      const opening = { person: subject, issuer: 'x', providerSubject: name, providerSession: undefined, idToken: 'x' };
      const id = await app.get(Sessions, { strict: false }).open(opening, Date.now());
      return { cookie: `__Host-ariane=${id}` };
    }
    const whose = (ids.patientId ?? ids.trustedBy) === patientId ? patientId : nobody;
    const holder = ids.trustedBy === undefined ? { kind: 'patient' } : { kind: 'trusted-person', name: 'Essai' };
    const place = { linkId: await linkFor(whose, holder), deviceId: randomUUID(), endsAtMs: Date.now() + 3.6e6 };
    const id = await app.get(PatientSessions, { strict: false }).open(subject, place, Date.now());
    return { cookie: `__Host-ariane-patient=${id}`, 'x-ariane-entry': 'patient' };
  }

  return {
    practitionerId,
    patientId,
    headers: { origin: ORIGIN },
    headersOf,
    secrets: [identity.familyName, ...identity.givenNames],
    samples: {
      'POST /api/names': { path: '/api/names', body: { patients: [patientId] }, mark: identity.familyName },
      'GET /api/views': { path: `/api/views?area=${AREA}`, mark: shared },
      'PUT /api/views/:id': { path: `/api/views/${own}`, body: { area: AREA, name: 'theirs', search: {} } },
      'DELETE /api/views/:id': { path: `/api/views/${own}` },
      'GET /api/inbox': { path: '/api/inbox', mark: told },
      'GET /api/patient/me': { path: '/api/patient/me', mark: patientId },
      'GET /api/patient/drafts/:place': { path: '/api/patient/drafts/reasons' },
      'GET /api/shared/plan': { path: '/api/shared/plan' },
      'POST /api/shared/tasks/:id/done': { body: {} },
      'POST /api/patient-links': { body: newLink },
      'GET /api/patient-links': { path: `/api/patient-links?patientId=${patientId}` },
      'POST /api/patient-links/:id/send': { path: `${link}/send`, body: {} },
      'POST /api/patient-links/:id/devices/:deviceId/revoke': {
        path: `${link}/devices/${randomUUID()}/revoke`,
        absent: true,
      },
      'POST /api/patient-links/:id/revoke': { path: `${link}/revoke`, body: {} },
      'ALL /api/*path': { path: '/api/pathways/pathways' },
      'GET /api/stream': { path: '/api/stream' },
    },
  };
}
