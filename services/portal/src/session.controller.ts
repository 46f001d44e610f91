import { Can } from '@ariane/auth';
import { invariant, personRoles } from '@ariane/kernel';
import { Clock, DisclosesNothing, ServiceSettings } from '@ariane/service';
import { Controller, Get, Header, HttpCode, Inject, Post, Req } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import type { WithSession } from './door.guard';
import { initialsOf } from './person-of-claims';
import type { PortalSettings } from './portal-settings';
import { PORTAL_SETTINGS } from './portal-settings.module';
import { idleEnd } from './session';

const text = { type: 'string' } as const;
const instant = { type: 'string', format: 'date-time' } as const;

const sessionSchema = {
  type: 'object',
  required: ['person', 'roles', 'territory', 'idleEndsAt', 'endsAt', 'now', 'mode'],
  properties: {
    person: {
      type: 'object',
      required: ['subject', 'name', 'initials'],
      properties: { subject: text, name: text, initials: text },
    },
    roles: { type: 'array', items: { type: 'string', enum: [...personRoles] } },
    territory: text,
    practitionerId: text,
    patientId: text,
    actingFor: text,
    idleEndsAt: { ...instant, description: 'By the machine’s clock, as is endsAt.' },
    endsAt: instant,
    now: { ...instant, description: 'By the clock of care, which is virtual in a demo.' },
    mode: { type: 'string', enum: ['production', 'demo', 'test'] },
  },
};

/** Who is signed in and for how long: the first thing that the page asks. */
@Controller('api/session')
export class SessionController {
  constructor(
    private readonly clock: Clock,
    private readonly service: ServiceSettings,
    @Inject(PORTAL_SETTINGS) private readonly settings: PortalSettings,
  ) {}

  @Get()
  @Can('open', 'Screen')
  @DisclosesNothing('who the reader is')
  @Header('cache-control', 'no-store')
  @ApiOkResponse({ schema: sessionSchema })
  read(@Req() { session }: WithSession): object {
    invariant(session !== undefined, 'the door lets nobody in without a session');
    const { person, endsMs } = session;
    const { subject, name, ...others } = person;
    return {
      person: { subject, name, initials: initialsOf(name) },
      ...others,
      idleEndsAt: new Date(idleEnd(session, this.settings.limits)).toISOString(),
      endsAt: new Date(endsMs).toISOString(),
      now: this.clock.now(),
      mode: this.service.config.mode,
    };
  }

  /** A person who reads for long says that they are there: asking is the act. */
  @Post('keep')
  @HttpCode(200)
  @Can('open', 'Screen')
  @Header('cache-control', 'no-store')
  @ApiOkResponse({ schema: sessionSchema })
  keep(@Req() request: WithSession): object {
    return this.read(request);
  }
}
