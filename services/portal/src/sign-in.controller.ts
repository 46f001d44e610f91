import { Policy } from '@ariane/auth';
import { DomainError } from '@ariane/kernel';
import { DisclosesNothing, languageOf } from '@ariane/service';
import { Controller, Get, Header, HttpCode, Inject, Post, Query, Req, Res } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { Accounts } from './accounts.store';
import type { ClaimMapping } from './claim-mapping';
import { cookieWith, cookieWithout, idInCookie, SESSION_COOKIE, SIGN_IN_COOKIE } from './cookies';
import { IdentityProvider } from './identity-provider.store';
import { type Lack, personOfClaims } from './person-of-claims';
import type { PortalSettings } from './portal-settings';
import { CLAIM_MAPPING, PORTAL_SETTINGS } from './portal-settings.module';
import { returnPath } from './return-path';
import { digest, newSecretId, Sessions } from './sessions.store';
import { lackText, type RefusedSignIn, signInPage } from './sign-in-page';
import { SignIns } from './sign-ins.store';

/** A logout token is a few hundred bytes. */
const FORM_BYTES_MAX = 16_384;

/** Signing in and out with the deployer's OpenID provider. */
@Controller('auth')
export class SignInController {
  constructor(
    private readonly provider: IdentityProvider,
    private readonly sessions: Sessions,
    private readonly signIns: SignIns,
    private readonly accounts: Accounts,
    @Inject(PORTAL_SETTINGS) private readonly settings: PortalSettings,
    @Inject(CLAIM_MAPPING) private readonly mapping: ClaimMapping,
  ) {}

  /** Sends the browser to the provider; `hint` names an account, as the demo's sign-ins do. */
  @Get('login')
  @Policy('public')
  @DisclosesNothing('a way to the provider')
  async login(
    @Query() query: Record<string, unknown>,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await this.orPage(request, response, async () => {
      const { lang, hint } = query;
      const language = lang === 'fr' || lang === 'en' ? lang : languageOf(request.headers['accept-language']);
      // Who comes back with a session that has ended has to show again who they are: somebody else may sit there now.
      const again = !(await this.signedIn(request)) && idInCookie(request.headers.cookie, SESSION_COOKIE) !== undefined;
      const asked = { to: returnPath(query.to), language, hint: typeof hint === 'string' ? hint : undefined, again };
      const { url, signIn } = await this.provider.begin(asked);
      const browserId = idInCookie(request.headers.cookie, SIGN_IN_COOKIE) ?? newSecretId();
      await this.signIns.begin(browserId, signIn, Date.now());
      response.setHeader('set-cookie', cookieWith(SIGN_IN_COOKIE, browserId));
      response.redirect(303, url.href);
    });
  }

  /** Where the provider sends the browser back. The session always gets a new id; one that was open is ended. */
  @Get('callback')
  @Policy('public')
  @DisclosesNothing('a way to the page')
  async callback(@Query('state') state: unknown, @Req() request: Request, @Res() response: Response): Promise<void> {
    await this.orPage(request, response, async () => {
      const browserId = idInCookie(request.headers.cookie, SIGN_IN_COOKIE);
      if (browserId === undefined || typeof state !== 'string') throw new DomainError('SIGN_IN_STALE');
      const signIn = await this.signIns.take(browserId, state, Date.now());
      if (signIn === undefined) throw new DomainError('SIGN_IN_STALE');
      const vouched = await this.provider.finish(new URL(request.originalUrl, this.settings.origin), signIn);
      const person = personOfClaims(vouched.claims, this.mapping);
      if ('lacks' in person) {
        const elsewhere = await this.provider.endSessionUrl(vouched.idToken);
        throw new IncompleteAccount(person.lacks, elsewhere);
      }
      const { issuer, subject: providerSubject, session: providerSession, idToken } = vouched;
      const opening = { person, issuer, providerSubject, providerSession, idToken };
      await this.accounts.remember(person, Date.now());
      const id = await this.sessions.open(opening, Date.now());
      await this.endOpenSession(request);
      // The other cookie stays: another tab may be in the middle of a sign-in.
      response.setHeader('set-cookie', cookieWith(SESSION_COOKIE, id));
      response.redirect(303, signIn.to);
    });
  }

  /** Ends the session here, and says where the page goes to end it at the provider. */
  @Post('logout')
  @HttpCode(200)
  @Policy('public')
  @Header('cache-control', 'no-store')
  @ApiOkResponse({
    schema: { type: 'object', required: ['endSessionUrl'], properties: { endSessionUrl: { type: 'string' } } },
  })
  async logout(@Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<object> {
    const idToken = await this.endOpenSession(request);
    response.setHeader('set-cookie', [cookieWithout(SESSION_COOKIE), cookieWithout(SIGN_IN_COOKIE)]);
    // The session has ended here whether or not the provider answers.
    const endSessionUrl = await this.provider.endSessionUrl(idToken).catch(() => `${this.settings.origin}/`);
    return { endSessionUrl };
  }

  /** The provider's own server says that somebody has signed out elsewhere. Throws LOGOUT_TOKEN_REFUSED. */
  @Post('backchannel-logout')
  @HttpCode(200)
  @Policy('public')
  @Header('cache-control', 'no-store')
  async backchannelLogout(@Req() request: Request): Promise<void> {
    const token = new URLSearchParams(await bodyOf(request)).get('logout_token');
    if (token === null) throw new DomainError('LOGOUT_TOKEN_REFUSED');
    await this.sessions.endAll(await this.provider.loggedOut(token));
  }

  private async signedIn({ headers }: Request): Promise<boolean> {
    const id = idInCookie(headers.cookie, SESSION_COOKIE);
    return id !== undefined && (await this.sessions.isAlive(digest(id), Date.now()));
  }

  private async endOpenSession({ headers }: Request): Promise<string | undefined> {
    const id = idInCookie(headers.cookie, SESSION_COOKIE);
    return id === undefined ? undefined : this.sessions.end(digest(id));
  }

  /** A refusal is a page for a person, who has come here by a link, and a problem for a program. */
  private async orPage(request: Request, response: Response, act: () => Promise<void>): Promise<void> {
    response.setHeader('cache-control', 'no-store');
    try {
      await act();
    } catch (error) {
      if (!(error instanceof DomainError) || request.accepts(['json', 'html']) !== 'html') throw error;
      const language = languageOf(request.headers['accept-language']);
      const refused: RefusedSignIn = error instanceof IncompleteAccount ? error : { code: error.code };
      const { html, status, policy } = signInPage(refused, language);
      response.status(status).setHeader('content-security-policy', policy);
      response.setHeader('content-language', language).type('html').send(html);
    }
  }
}

/** The provider knows the person and Ariane does not know what they may do. */
class IncompleteAccount extends DomainError implements RefusedSignIn {
  constructor(
    readonly lacks: readonly Lack[],
    readonly elsewhere: string,
  ) {
    super('SIGN_IN_INCOMPLETE', { missing: lacks.map((lack) => lackText(lack, 'en')).join(', ') });
  }
}

async function bodyOf(request: Request): Promise<string> {
  let body = '';
  for await (const chunk of request) {
    body += String(chunk);
    if (body.length > FORM_BYTES_MAX) throw new DomainError('PAYLOAD_TOO_LARGE');
  }
  return body;
}
