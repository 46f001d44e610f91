import { Can } from '@ariane/auth';
import { contextOf } from '@ariane/bus';
import { DomainError } from '@ariane/kernel';
import {
  ApiCommand,
  Caller,
  type CallerContext,
  Discloses,
  DisclosesNothing,
  IdPipe,
  Reader,
  type ReaderContext,
  ServiceSettings,
} from '@ariane/service';
import { effect, Store } from '@ariane/store';
import { Body, Controller, Get, Header, HttpCode, Param, Post, Put, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { patientCopies } from './copies.store';
import type { WithSession } from './door.guard';
import { DraftInput, PreferencesInput } from './link-inputs.controller';
import { maskedAddress } from './link-token';
import { PatientDrafts } from './patient-drafts.store';
import type { PatientLink } from './patient-link';
import { patientContacts, patientLinks } from './patient-links.store';
import { type PatientSession, PatientSessions } from './patient-sessions.store';

/** Where something is typed on the page. */
const places = new Set(['correct', 'meeting', 'move', 'reasons']);

/** What the patient's own page asks of the portal: who one is here, what one prefers, what one had begun to type. */
@ApiTags('patient')
@Controller('api/patient')
@Can('use', 'PatientLink')
export class PatientPageController {
  constructor(
    private readonly store: Store,
    private readonly sessions: PatientSessions,
    private readonly drafts: PatientDrafts,
    private readonly service: ServiceSettings,
  ) {}

  @Get('me')
  @Header('cache-control', 'no-store')
  @Discloses('read-patient', { ground: 'trusted-person' })
  @ApiOperation({ summary: 'Who one is here, and how one is written to' })
  @ApiOkResponse({ description: '`{patientId, relation, name, preferences, devices, now, mode}`' })
  async me(@Req() { linkSession }: WithSession, @Reader() reader: ReaderContext): Promise<object> {
    const { link, session } = await this.own(linkSession, reader);
    const { patientId, holder, channel, language, address } = link;
    const copy = await this.store.read(patientCopies, reader.territory, patientId);
    const contact = await this.store.read(patientContacts, reader.territory, patientId);
    const isOwn = holder.kind === 'patient';
    return {
      ...{ patientId, relation: holder.kind, now: reader.now, mode: this.service.config.mode },
      name: copy === undefined ? '' : (copy.state.givenNames[0] ?? ''),
      to: maskedAddress(address),
      preferences: { channel, language, ...(isOwn && contact ? { wantsReminders: contact.state.wantsReminders } : {}) },
      devices: link.devices.flatMap(({ deviceId, sinceMs, revokedAtMs }) =>
        revokedAtMs === undefined
          ? [{ deviceId, since: new Date(sinceMs).toISOString(), isThis: deviceId === session.deviceId }]
          : [],
      ),
    };
  }

  @Put('preferences')
  @ApiCommand()
  @ApiOperation({ summary: 'Say in which language and by which way one is written to, and about what' })
  @ApiOkResponse({ description: '`{channel, language, wantsReminders}`' })
  async prefer(
    @Body() { channel, language, wantsReminders }: PreferencesInput,
    @Req() { linkSession }: WithSession,
    @Caller() caller: CallerContext,
  ): Promise<object> {
    const { link } = await this.own(linkSession, caller);
    // An address is of one way of writing: the other needs another address, which the care team takes down.
    if (channel !== link.channel) throw new DomainError('INVALID_INPUT', {}, 'channel');
    const { linkId, patientId } = link;
    const preferred = { channel, language, wantsReminders };
    const own = [effect(patientContacts, patientId, { type: 'PreferContact', preferred })];
    const effects = [
      effect(patientLinks, linkId, { type: 'Prefer', channel, language }),
      ...(link.holder.kind === 'patient' ? own : []),
    ];
    await this.store.handleMany(effects, contextOf(caller));
    return { channel, language, wantsReminders };
  }

  @Post('devices/:id/revoke')
  @HttpCode(200)
  @ApiCommand()
  @ApiOperation({ summary: 'End the session of one of one’s devices' })
  @ApiOkResponse({ description: '`{id}`' })
  async revoke(
    @Param('id', IdPipe) id: string,
    @Req() { linkSession }: WithSession,
    @Caller() caller: CallerContext,
  ): Promise<object> {
    const { link } = await this.own(linkSession, caller);
    const command = { type: 'RevokeDevice', deviceId: id, nowMs: Date.now() } as const;
    await this.store.handle(patientLinks, link.linkId, command, contextOf(caller));
    await this.sessions.end({ deviceId: id });
    return { id };
  }

  @Get('drafts/:place')
  @Header('cache-control', 'no-store')
  @DisclosesNothing('what the reader typed')
  @ApiOperation({ summary: 'What one had begun to type there' })
  @ApiOkResponse({ description: '`{text}`' })
  async draft(
    @Param('place') place: string,
    @Req() { linkSession }: WithSession,
    @Reader() reader: ReaderContext,
  ): Promise<object> {
    const { link } = await this.own(linkSession, reader);
    return { text: await this.drafts.read(reader.territory, link.linkId, known(place)) };
  }

  @Put('drafts/:place')
  @ApiOperation({ summary: 'Keep what one has typed so far' })
  @ApiOkResponse({ description: '`{isKept}`' })
  async keep(
    @Param('place') place: string,
    @Body() { text }: DraftInput,
    @Req() { linkSession }: WithSession,
    @Reader() reader: ReaderContext,
  ): Promise<object> {
    const { link } = await this.own(linkSession, reader);
    await this.drafts.keep(reader.territory, link.linkId, known(place), text, Date.now());
    return { isKept: true };
  }

  /** Who has an account and came by no link has no such page. */
  private async own(
    session: PatientSession | undefined,
    { territory }: ReaderContext,
  ): Promise<{ link: PatientLink; session: PatientSession }> {
    const found = session && (await this.store.read(patientLinks, territory, session.linkId));
    if (session === undefined || found === undefined) throw new DomainError('NOT_FOUND');
    return { link: found.state, session };
  }
}

function known(place: string): string {
  if (!places.has(place)) throw new DomainError('NOT_FOUND', {}, 'place');
  return place;
}
