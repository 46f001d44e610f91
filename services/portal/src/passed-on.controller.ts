import { request as requestTo, type IncomingMessage } from 'node:http';
import { Agent } from 'node:http';
import { Policy } from '@ariane/auth';
import { DomainError, invariant, personRoles } from '@ariane/kernel';
import { TimeLimit } from '@ariane/service';
import { traceparent } from '@ariane/telemetry';
import { All, Controller, Inject, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import type { WithSession } from './door.guard';
import { headersForBrowser, headersForService, passedOnTarget } from './passed-on';
import type { PortalSettings } from './portal-settings';
import { PORTAL_SETTINGS } from './portal-settings.module';
import { Sessions } from './sessions.store';

/** Without a byte in either direction for this long a service is taken for gone; streams send a beat each 25 s. */
const SILENCE_MS = 60_000;
/** How often a stream asks whether its session still lasts, where nothing tells it sooner. */
const STREAM_CHECK_MS = 15_000;

/**
 * The way from the page to the services: `/api/<service>/<path>`. Bodies pass in both directions as they come, so that
 * streams are live and files of any size the service takes cost no memory here.
 */
@ApiExcludeController()
@Controller('api')
export class PassedOnController {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 256, scheduling: 'lifo' });

  constructor(
    private readonly sessions: Sessions,
    @Inject(PORTAL_SETTINGS) private readonly settings: PortalSettings,
  ) {}

  /** Throws NOT_FOUND for what is not passed on and NOT_READY when the service is not reached. */
  @All('*path')
  @Policy(...personRoles)
  @TimeLimit(0)
  async passOn(@Req() request: Request & WithSession, @Res() response: Response): Promise<void> {
    const target = passedOnTarget(request.originalUrl);
    if (target === undefined) throw new DomainError('NOT_FOUND');
    const answer = await this.answerTo(request, `${this.settings.serviceUrls[target.service]}${target.path}`);
    response.status(answer.statusCode ?? 502);
    for (const [name, value] of Object.entries(headersForBrowser(answer.headers))) response.setHeader(name, value);
    response.flushHeaders();
    const isStream = answer.headers['content-type']?.startsWith('text/event-stream') === true;
    const release = isStream ? this.endWithSession(request, response) : undefined;
    await new Promise<void>((resolve) => {
      response.once('close', resolve);
      // A service that breaks off in the middle leaves half an answer, which must not look whole.
      answer.once('error', () => response.destroy());
      response.once('close', () => answer.destroy());
      answer.pipe(response);
    });
    release?.();
  }

  private answerTo(request: Request, url: string): Promise<IncomingMessage> {
    const { method, headers } = request;
    const { authorization } = headers;
    invariant(authorization !== undefined, 'the door has put the person’s token there');
    const asked = requestTo(url, {
      method,
      agent: this.agent,
      headers: headersForService(headers, authorization, traceparent()),
      timeout: SILENCE_MS,
    });
    return new Promise((resolve, reject) => {
      asked.once('response', resolve);
      asked.once('timeout', () => asked.destroy(new Error('The service is silent.')));
      asked.on('error', (cause) => {
        const error = new DomainError('NOT_READY');
        error.cause = cause;
        reject(error);
      });
      request.once('error', () => asked.destroy());
      request.once('aborted', () => asked.destroy());
      request.pipe(asked);
    });
  }

  /** Cuts a stream when its session ends, here or at another portal. */
  private endWithSession({ session }: WithSession, response: Response): () => void {
    invariant(session !== undefined, 'the door lets nobody in without a session');
    const { key } = session;
    const cut = (ended: string): void => {
      if (ended === key) response.end();
    };
    const timer = setInterval(() => {
      this.sessions.isAlive(key, Date.now()).then(
        (alive) => {
          if (!alive) cut(key);
        },
        // MongoDB does not answer for the moment: nothing else does either, and the next look will tell.
        () => undefined,
      );
    }, STREAM_CHECK_MS);
    this.sessions.events.on('ended', cut);
    return () => {
      clearInterval(timer);
      this.sessions.events.off('ended', cut);
    };
  }
}
