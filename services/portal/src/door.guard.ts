import { DomainError } from '@ariane/kernel';
import { Inject, Injectable, type NestMiddleware } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import { cookieOf, entryIn, idInCookie, SESSION_COOKIE } from './cookies';
import { isFromOwnPage } from './origin';
import { type PatientSession, PatientSessions } from './patient-sessions.store';
import { PersonTokens } from './person-tokens.store';
import type { PortalSettings } from './portal-settings';
import { PORTAL_SETTINGS } from './portal-settings.module';
import type { Session } from './session';
import { Sessions } from './sessions.store';

/** How often a stream asks whether its session still lasts, where nothing tells it sooner. */
const STREAM_CHECK_MS = 15_000;

/** Where the door leaves who is signed in, for the handlers below `/api`. */
export interface WithSession {
  session?: Session;
  /** The same, where a link and a code have opened it. */
  linkSession?: PatientSession;
}

/**
 * What every request of a browser passes: nothing is changed from a page of another site, and below `/api` the cookie
 * becomes the person's own token, so that the guard and the handlers of the portal see what those of a service see.
 * A token that a browser brings along is thrown away. Throws ORIGIN_REFUSED, UNAUTHENTICATED without a cookie and
 * SESSION_ENDED with one that opens nothing any more.
 */
@Injectable()
export class Door implements NestMiddleware {
  constructor(
    private readonly sessions: Sessions,
    private readonly linkSessions: PatientSessions,
    private readonly tokens: PersonTokens,
    @Inject(PORTAL_SETTINGS) private readonly settings: PortalSettings,
  ) {}

  async use(request: Request & WithSession, response: Response, next: NextFunction): Promise<void> {
    const { method, headers } = request;
    const path = request.originalUrl.split('?')[0] ?? '';
    const fetchSite = textIn(headers['sec-fetch-site']);
    if (!isFromOwnPage({ method, path, origin: headers.origin, fetchSite }, this.settings.origin))
      throw new DomainError('ORIGIN_REFUSED');
    if (path.startsWith('/api/')) {
      delete headers.authorization;
      request.session = await this.sessionFor(request, path);
      headers.authorization = `Bearer ${await this.tokens.tokenOf(request.session)}`;
      if (isStream(headers)) this.endWithSession(request.session, response);
    }
    next();
  }

  private async sessionFor(request: Request & WithSession, path: string): Promise<Session> {
    const { headers } = request;
    const entry = entryIn(headers);
    if (entry === undefined) return opened(headers, SESSION_COOKIE, this.sessions);
    // Whom a plan is shared with sees that one patient: the token that asks the services for it stays in here.
    if (entry === 'shared' && !path.startsWith('/api/shared/')) throw new DomainError('NOT_FOUND');
    request.linkSession = await opened(headers, cookieOf[entry], this.linkSessions);
    return request.linkSession;
  }

  /** Cuts a stream when its session ends, here or at another portal. */
  private endWithSession({ key }: Session, response: Response): void {
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
    response.once('close', () => {
      clearInterval(timer);
      this.sessions.events.off('ended', cut);
    });
  }
}

/** Where sessions of one kind are kept. */
interface Kept<S> {
  readonly find: (id: string, nowMs: number) => Promise<S | undefined>;
  readonly touch: (session: S, nowMs: number) => Promise<S>;
}

/** The session that a cookie opens. Throws UNAUTHENTICATED without the cookie, SESSION_ENDED where it opens nothing. */
async function opened<S extends Session>(headers: Request['headers'], cookie: string, kept: Kept<S>): Promise<S> {
  if (!(headers.cookie ?? '').includes(`${cookie}=`)) throw new DomainError('UNAUTHENTICATED');
  const id = idInCookie(headers.cookie, cookie);
  const session = id === undefined ? undefined : await kept.find(id, Date.now());
  if (session === undefined) throw new DomainError('SESSION_ENDED');
  return isAct(headers) ? kept.touch(session, Date.now()) : session;
}

const isStream = ({ accept }: Request['headers']): boolean => accept?.includes('text/event-stream') === true;

/** What a page does by itself, its polls and its streams, keeps no session alive. */
function isAct(headers: Request['headers']): boolean {
  return headers['x-ariane-background'] === undefined && !isStream(headers);
}

const textIn = (value: string | string[] | undefined): string | undefined =>
  typeof value === 'string' ? value : undefined;
