import 'reflect-metadata';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Request, Response } from 'express';
import { PassedOnController } from './passed-on.controller';
import type { PortalSettings } from './portal-settings';

const urlOf = (server: Server): string => `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`; // as: it listens

describe('what is passed on to a service', () => {
  const asked: string[] = [];
  const used = new WeakSet<Socket>();
  // It takes one request a connection, and closes a kept one when it is used again.
  const service = createServer((request, response) => {
    if (used.has(request.socket)) request.socket.destroy();
    else {
      used.add(request.socket);
      asked.push(request.method ?? '');
      response.end('answered');
    }
  });
  let portal: Server;

  beforeAll(async () => {
    await once(service.listen(0, '127.0.0.1'), 'listening');
    const settings = { serviceUrls: { pathways: urlOf(service) } } as unknown as PortalSettings; // as: all that is read
    const controller = new PassedOnController(settings);
    portal = createServer((request, response) => {
      const { url = '' } = request;
      request.headers.authorization = 'Bearer of-the-door';
      // What Express adds and the controller uses.
      const from = Object.assign(request, { path: url, originalUrl: url }) as unknown as Request; // as: see above
      const to = Object.assign(response, {
        status: (code: number) => Object.assign(response, { statusCode: code }),
      }) as unknown as Response; // as: see above
      controller
        .passOn(from, to, () => undefined)
        .catch(() => {
          response.statusCode = 503;
          response.end();
        });
    });
    await once(portal.listen(0, '127.0.0.1'), 'listening');
  });

  afterAll(() => {
    for (const server of [portal, service]) {
      server.closeAllConnections();
      server.close();
    }
  });

  const get = (method = 'GET') =>
    fetch(`${urlOf(portal)}/api/pathways/things`, { method, ...(method === 'POST' ? { body: '{}' } : {}) });

  it('is a question put once more where a kept connection was closed meanwhile; a command is the page’s to repeat', async () => {
    expect((await get()).status).toBe(200);
    const again = await get();
    expect([again.status, await again.text()]).toEqual([200, 'answered']);
    expect((await get('POST')).status).toBe(503);
    expect(asked).toEqual(['GET', 'GET']);
  });
});
