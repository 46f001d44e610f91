import { Can } from '@ariane/auth';
import { contextOf } from '@ariane/bus';
import { DomainError } from '@ariane/kernel';
import { ApiCommand, Caller, type CallerContext, Discloses, IdPipe, Reader, type ReaderContext } from '@ariane/service';
import { newId, Store } from '@ariane/store';
import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Acquaintance, knows } from './acquaintance';
import { acquaintances } from './copies.store';
import { LinksQuery, NewLinkInput } from './link-inputs.controller';
import { pageOf } from './link-person';
import { linkUrl, maskedAddress, tokenHashOf } from './link-token';
import { MessageSender } from './message-sender.store';
import { type Holder, isOpen, type PatientLink } from './patient-link';
import { patientLinks } from './patient-links.store';
import { PATIENT_LIMITS, PatientSessions } from './patient-sessions.store';
import type { PortalSettings } from './portal-settings';
import { PORTAL_SETTINGS } from './portal-settings.module';
import { newSecretId } from './sessions.store';

/** More ways into one file than that and somebody should look at them. */
const LINKS_MAX = 100;

/** Links for patients and for who cares with them, made by whoever cares for the patient. */
@ApiTags('links')
@Controller('api/patient-links')
@Can('create', 'PatientLink')
export class PatientLinksController {
  constructor(
    private readonly store: Store,
    private readonly sessions: PatientSessions,
    private readonly sender: MessageSender,
    @Inject(PORTAL_SETTINGS) private readonly settings: PortalSettings,
  ) {}

  /** The link itself goes to the address alone: who makes it never sees it. */
  @Post()
  @ApiCommand()
  @ApiOperation({ summary: 'Send a link to a patient, to who they trust, or to who cares for them in town' })
  @ApiCreatedResponse({ description: '`{id, status}`' })
  async make(@Body() input: NewLinkInput, @Caller() caller: CallerContext): Promise<object> {
    this.sender.mustSend();
    const known = await this.mustKnow(input.patientId, caller);
    const { id: linkId, patientId, pathwayId, channel, address, language } = input;
    const holder = holderOf(input);
    const page = pageOf({ holder });
    if (page === 'shared') mustBeOfTheirs(known, holder, pathwayId, caller.now.slice(0, 10));
    const nowMs = Date.now();
    const latestMs = nowMs + PATIENT_LIMITS.wholeMs;
    // The relation ends by the clock of care, the link by the machine's: what is left of one is left of the other.
    const leftMs = input.until === undefined ? Infinity : Date.parse(input.until) - Date.parse(caller.now);
    if (leftMs <= 0) throw new DomainError('INVALID_INPUT', {}, 'until');
    const { tokenHash, url } = this.newToken(page, caller);
    const link = {
      ...{ linkId, patientId, holder, channel, address, language, tokenHash },
      ...(pathwayId === undefined ? {} : { pathwayId }),
      createdBy: caller.principal.kind === 'person' ? caller.principal.subject : caller.principal.service,
      endsAtMs: Math.min(latestMs, nowMs + leftMs),
    };
    const command = { type: 'MakeLink', link, url, messageId: newId(), at: caller.now } as const;
    const { state } = await this.store.handle(patientLinks, linkId, command, contextOf(caller));
    return { id: linkId, ...viewOf(state, nowMs) };
  }

  @Get()
  @Discloses('list-links', { ground: 'care-team' })
  @ApiOperation({ summary: 'The links into a patient’s file, and the devices that came by them' })
  @ApiOkResponse({ description: '`{items}`' })
  async list(@Query() { patientId }: LinksQuery, @Reader() reader: ReaderContext): Promise<object> {
    await this.mustKnow(patientId, reader);
    const found = await this.store.find(patientLinks, reader.territory, { patientId }, { limit: LINKS_MAX });
    return { items: found.map(({ id, state }) => ({ id, ...viewOf(state, Date.now()) })) };
  }

  @Post(':id/send')
  @HttpCode(200)
  @ApiCommand()
  @ApiOperation({ summary: 'Send a new link in the place of the former; devices that are known stay so' })
  @ApiOkResponse({ description: '`{id, status}`' })
  async send(@Param('id', IdPipe) id: string, @Caller() caller: CallerContext): Promise<object> {
    this.sender.mustSend();
    const link = await this.known(id, caller);
    const written = { messageId: newId(), at: caller.now };
    const command = {
      type: 'SendLink',
      ...this.newToken(pageOf(link), caller),
      ...written,
      nowMs: Date.now(),
    } as const;
    const { state } = await this.store.handle(patientLinks, id, command, contextOf(caller));
    return { id, ...viewOf(state, Date.now()) };
  }

  @Post(':id/revoke')
  @HttpCode(200)
  @ApiCommand()
  @ApiOperation({ summary: 'End a link and every session that came by it' })
  @ApiOkResponse({ description: '`{id, status}`' })
  async revoke(@Param('id', IdPipe) id: string, @Caller() caller: CallerContext): Promise<object> {
    await this.known(id, caller);
    const nowMs = Date.now();
    const { state } = await this.store.handle(patientLinks, id, { type: 'RevokeLink', nowMs }, contextOf(caller));
    await this.sessions.end({ linkId: id });
    return { id, ...viewOf(state, nowMs) };
  }

  @Post(':id/devices/:deviceId/revoke')
  @HttpCode(200)
  @ApiCommand()
  @ApiOperation({ summary: 'End the session of one device' })
  @ApiOkResponse({ description: '`{id, status}`' })
  async revokeDevice(
    @Param('id', IdPipe) id: string,
    @Param('deviceId', IdPipe) deviceId: string,
    @Caller() caller: CallerContext,
  ): Promise<object> {
    await this.known(id, caller);
    const command = { type: 'RevokeDevice', deviceId, nowMs: Date.now() } as const;
    const { state } = await this.store.handle(patientLinks, id, command, contextOf(caller));
    await this.sessions.end({ deviceId });
    return { id, ...viewOf(state, Date.now()) };
  }

  private newToken(page: 'patient' | 'shared', { territory }: CallerContext) {
    const secret = newSecretId();
    return { tokenHash: tokenHashOf(secret), url: linkUrl(this.settings.origin, page, { territory, secret }) };
  }

  private async known(id: string, reader: ReaderContext): Promise<PatientLink> {
    const found = await this.store.read(patientLinks, reader.territory, id);
    if (found === undefined) throw new DomainError('NOT_FOUND', {}, 'id');
    await this.mustKnow(found.state.patientId, reader);
    return found.state;
  }

  /** Whoever does not care for the patient finds nobody there. */
  private async mustKnow(patientId: string, { principal, territory, now }: ReaderContext): Promise<Acquaintance> {
    const by = principal.kind === 'person' ? principal.practitionerId : undefined;
    const found = by === undefined ? undefined : await this.store.read(acquaintances, territory, patientId);
    if (by === undefined || found === undefined || !knows(found.state, by, now.slice(0, 10)))
      throw new DomainError('NOT_FOUND', {}, 'patientId');
    return found.state;
  }
}

/** What is shared is a pathway of this patient, and with a professional only who cares for them that day. */
function mustBeOfTheirs(known: Acquaintance, holder: Holder, pathwayId: string | undefined, day: string): void {
  if (!known.grounds.some(({ kind, caseId }) => kind === 'care-team' && caseId === pathwayId))
    throw new DomainError('INVALID_INPUT', {}, 'pathwayId');
  if (holder.kind === 'practitioner' && !knows(known, holder.practitionerId, day))
    throw new DomainError('INVALID_INPUT', {}, 'practitionerId');
}

function holderOf({ holder: kind, name, practitionerId }: NewLinkInput): Holder {
  switch (kind) {
    case 'patient':
      return { kind };
    case 'practitioner':
      if (practitionerId === undefined) throw new DomainError('INVALID_INPUT', {}, 'practitionerId');
      return { kind, practitionerId };
    case 'trusted-person':
    case 'carer':
      if (name === undefined) throw new DomainError('INVALID_INPUT', {}, 'name');
      return { kind, name };
  }
}

function viewOf(link: PatientLink, nowMs: number): object {
  const { patientId, pathwayId, holder, channel, language, address, endsAtMs, devices } = link;
  return {
    ...{ patientId, pathwayId, holder, channel, language },
    to: maskedAddress(address),
    status: isOpen(link, nowMs) ? 'open' : 'ended',
    endsAt: new Date(endsAtMs).toISOString(),
    devices: devices.map(({ deviceId, sinceMs, revokedAtMs }) => ({
      ...{ deviceId, since: new Date(sinceMs).toISOString() },
      status: revokedAtMs === undefined ? 'known' : 'revoked',
    })),
  };
}
