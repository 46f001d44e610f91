import { request as requestTo, type IncomingMessage } from 'node:http';
import { Agent } from 'node:http';
import { Can } from '@ariane/auth';
import { DomainError, invariant } from '@ariane/kernel';
import { TimeLimit } from '@ariane/service';
import { traceparent } from '@ariane/telemetry';
import { All, Controller, Inject, Next, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { NextFunction, Request, Response } from 'express';
import { headersForBrowser, headersForService, isForAService, passedOnTarget } from './passed-on';
import type { PortalSettings } from './portal-settings';
import { PORTAL_SETTINGS } from './portal-settings.module';

/** Without a byte in either direction for this long a service is taken for gone; streams send a beat each 25 s. */
const SILENCE_MS = 60_000;

/**
 * The way from the page to the services: `/api/<service>/<path>`. Bodies pass in both directions as they come, so that
 * streams are live and files of any size the service takes cost no memory here.
 */
@ApiExcludeController()
@Controller('api')
export class PassedOnController {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 256, scheduling: 'lifo' });

  constructor(@Inject(PORTAL_SETTINGS) private readonly settings: PortalSettings) {}

  /** Throws NOT_FOUND for what is closed to browsers and NOT_READY when the service is not reached; leaves what is no service's to the portal's own routes. */
  @All('*path')
  @Can('open', 'Screen')
  @TimeLimit(0)
  async passOn(@Req() request: Request, @Res() response: Response, @Next() next: NextFunction): Promise<void> {
    if (!isForAService(request.path)) {
      next();
      return;
    }
    const target = passedOnTarget(request.originalUrl);
    if (target === undefined) throw new DomainError('NOT_FOUND');
    const answer = await this.answerTo(request, `${this.settings.serviceUrls[target.service]}${target.path}`);
    response.status(answer.statusCode ?? 502);
    for (const [name, value] of Object.entries(headersForBrowser(answer.headers))) response.setHeader(name, value);
    // A stream begins before it has anything to say; of every other answer head and body leave together.
    if (isStream(answer.headers)) response.flushHeaders();
    await new Promise<void>((resolve) => {
      response.once('close', resolve);
      // A service that breaks off in the middle leaves half an answer, which must not look whole.
      answer.once('error', () => response.destroy());
      response.once('close', () => answer.destroy());
      answer.pipe(response);
    });
  }

  private answerTo(request: Request, url: string): Promise<IncomingMessage> {
    const { method, headers } = request;
    const { authorization } = headers;
    const isQuestion = method === 'GET';
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
      asked.on('error', (cause: NodeJS.ErrnoException) => {
        // A service closes a kept connection in the very moment in which it is used again: a question is put once more.
        if (isQuestion && asked.reusedSocket && cause.code === 'ECONNRESET') {
          resolve(this.answerTo(request, url));
          return;
        }
        const error = new DomainError('NOT_READY');
        error.cause = cause;
        reject(error);
      });
      request.once('error', () => asked.destroy());
      request.once('aborted', () => asked.destroy());
      if (isQuestion) asked.end();
      else request.pipe(asked);
    });
  }
}

const isStream = (headers: IncomingMessage['headers']): boolean =>
  headers['content-type']?.startsWith('text/event-stream') === true;
