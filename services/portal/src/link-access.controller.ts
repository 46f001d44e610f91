import { randomInt } from 'node:crypto';
import { Policy } from '@ariane/auth';
import { DomainError } from '@ariane/kernel';
import { Clock } from '@ariane/service';
import { newId, Store } from '@ariane/store';
import { Body, Controller, Header, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { Matches } from 'class-validator';
import type { Request, Response } from 'express';
import { cookieOf, cookieWithout, entryIn, idInCookie, keptCookieWith } from './cookies';
import { pageOf, personOf } from './link-person';
import { codeHashOf, linkTokenOf, maskedAddress, tokenHashOf } from './link-token';
import { isOpen, type PatientLink } from './patient-link';
import { patientLinks } from './patient-links.store';
import { PATIENT_LIMITS, PatientSessions } from './patient-sessions.store';

class LinkInput {
  @ApiProperty({ maxLength: 128, description: 'What stands after the # of the link.' })
  @Matches(/^[\w.-]{1,128}$/)
  token!: string; // class-validator fills it; so for every field of these classes
}

class CodeInput extends LinkInput {
  @ApiProperty({ pattern: '^\\d{6}$' })
  @Matches(/^\d{6}$/)
  code!: string; // see above
}

/** How somebody with a link and no account comes in: a code to the address, once for each device. */
@ApiTags('links')
@Controller('auth/links')
@Policy('public')
export class LinkAccessController {
  constructor(
    private readonly store: Store,
    private readonly sessions: PatientSessions,
    private readonly clock: Clock,
  ) {}

  /** Throws LINK_ENDED alike for a link that never was, was replaced, revoked or has ended; CODES_TOO_MANY. */
  @Post('code')
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  @ApiOperation({ summary: 'Send a code to the address of a link' })
  @ApiOkResponse({ description: '`{to, channel, language}`: the address, masked' })
  async ask(@Body() { token }: LinkInput): Promise<object> {
    const { link, secret, territory } = await this.linkOf(token);
    const code = String(randomInt(1_000_000)).padStart(6, '0');
    const written = { messageId: newId(), at: this.clock.now() };
    const asked = { type: 'AskCode', codeHash: codeHashOf(secret, code), code, ...written, nowMs: Date.now() } as const;
    await this.store.handle(patientLinks, link.linkId, asked, this.contextOf(link, territory));
    const { address, channel, language } = link;
    return { to: maskedAddress(address), channel, language };
  }

  /** A link is opened again and again from the message it came with: no code where this browser came by it before. */
  @Post('known')
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  @ApiOperation({ summary: 'Whether this browser has come in by this link' })
  @ApiOkResponse({ description: '`{isKnown}`' })
  async known(@Body() { token }: LinkInput, @Req() { headers }: Request): Promise<object> {
    const { link } = await this.linkOf(token);
    const id = idInCookie(headers.cookie, cookieOf[pageOf(link)]);
    const session = id === undefined ? undefined : await this.sessions.find(id, Date.now());
    return { isKnown: session?.linkId === link.linkId };
  }

  /** Throws CODE_WRONG with the tries left, CODE_ENDED, LINK_ENDED. */
  @Post('verify')
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  @ApiOperation({ summary: 'Give the code: this browser is known from then on' })
  @ApiOkResponse({ description: '`{page}`' })
  async verify(@Body() { token, code }: CodeInput, @Res({ passthrough: true }) response: Response): Promise<object> {
    const { link, secret, territory } = await this.linkOf(token);
    const deviceId = newId();
    const nowMs = Date.now();
    const tried = { type: 'TryCode', codeHash: codeHashOf(secret, code), deviceId, nowMs } as const;
    const { state } = await this.store.handle(patientLinks, link.linkId, tried, this.contextOf(link, territory));
    if (!state.devices.some((device) => device.deviceId === deviceId))
      throw new DomainError('CODE_WRONG', { left: String(state.code?.triesLeft ?? 0) }, 'code');
    const page = pageOf(link);
    const id = await this.sessions.open(personOf(link, territory), { ...link, deviceId }, nowMs);
    response.setHeader('set-cookie', keptCookieWith(cookieOf[page], id, PATIENT_LIMITS.wholeMs));
    return { page };
  }

  @Post('leave')
  @HttpCode(204)
  @ApiOperation({ summary: 'Forget this browser' })
  @ApiNoContentResponse()
  async leave(@Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<void> {
    const entry = entryIn(request.headers);
    if (entry === undefined) return;
    const id = idInCookie(request.headers.cookie, cookieOf[entry]);
    const session = id === undefined ? undefined : await this.sessions.find(id, Date.now());
    if (session !== undefined) await this.sessions.end({ deviceId: session.deviceId });
    response.setHeader('set-cookie', cookieWithout(cookieOf[entry]));
  }

  private async linkOf(token: string): Promise<{ link: PatientLink; secret: string; territory: string }> {
    const given = linkTokenOf(token);
    if (given === undefined) throw new DomainError('LINK_ENDED');
    const { secret, territory } = given;
    const filter = { tokenHash: tokenHashOf(secret) };
    const [found] = await this.store.find(patientLinks, territory, filter, { limit: 1 });
    if (found === undefined || !isOpen(found.state, Date.now())) throw new DomainError('LINK_ENDED');
    return { link: found.state, secret, territory };
  }

  /** Nobody is signed in yet: the link itself acts. */
  private contextOf({ linkId }: PatientLink, territory: string) {
    const messageId = newId();
    const ids = { messageId, correlationId: messageId, causationId: messageId };
    return { ...ids, consumer: 'http', territory, actor: `link:${linkId}`, now: this.clock.now() };
  }
}
