import { Can } from '@ariane/auth';
import { type ProblemCode, problems } from '@ariane/contracts';
import { DomainError, invariant } from '@ariane/kernel';
import {
  accessNotesOf,
  ApiCommand,
  Discloses,
  IdempotencyKey,
  IdPipe,
  IsCode,
  Reader,
  type ReaderContext,
  type WithAccessNotes,
} from '@ariane/service';
import { Store } from '@ariane/store';
import { Body, Controller, Get, Header, HttpCode, Inject, Param, Post, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsOptional, IsString, Length } from 'class-validator';
import type { Request } from 'express';
import { patientCopies } from './copies.store';
import type { WithSession } from './door.guard';
import type { PatientLink } from './patient-link';
import { patientLinks } from './patient-links.store';
import type { PortalSettings } from './portal-settings';
import { PORTAL_SETTINGS } from './portal-settings.module';
import { sharedPlanOf, type ToldPathway, type ToldRequest, type ToldTask } from './shared-plan';

const WAIT_MS = 10_000;
/** Open tasks of one professional in one pathway. */
const TASKS_MAX = 100;

class DoneInput {
  @ApiPropertyOptional({ maxLength: 64, description: 'One of the task’s outcomes, where it has any.' })
  @IsOptional()
  @IsCode()
  outcome?: string;

  @ApiPropertyOptional({ minLength: 3, maxLength: 2_000, description: 'What is written back to a patient who asked.' })
  @IsOptional()
  @IsString()
  @Length(3, 2_000)
  answer?: string;
}

/**
 * The plan of one patient for one person in town. The services are asked in that person's name, and only about the
 * pathway that the link names: whatever else they may see stays behind an account.
 */
@ApiTags('patient')
@Controller('api/shared')
@Can('open', 'Screen')
export class SharedPlanController {
  constructor(
    private readonly store: Store,
    @Inject(PORTAL_SETTINGS) private readonly settings: PortalSettings,
  ) {}

  @Get('plan')
  @Header('cache-control', 'no-store')
  @Discloses('read-plan')
  @ApiOperation({ summary: 'The care plan that a link shares' })
  @ApiOkResponse({ description: '`{patient, now, steps, tasks}`' })
  async plan(
    @Req() request: Request & WithSession & WithAccessNotes,
    @Reader() reader: ReaderContext,
  ): Promise<object> {
    const { link, pathwayId } = await this.own(request, reader);
    const pathway = await this.ask<ToldPathway>(request, `/pathways/${pathwayId}`);
    const tasks = await this.tasksOf(request, link, pathwayId);
    const copy = await this.store.read(patientCopies, reader.territory, link.patientId);
    invariant(copy !== undefined, 'a link is made for a patient of the register');
    const ground = link.holder.kind === 'practitioner' ? 'care-team' : 'trusted-person';
    accessNotesOf(request).add({ patientId: link.patientId, pathwayId, ground });
    const { familyName, givenNames, birthDate } = copy.state;
    return {
      patient: { familyName, givenNames, birthDate },
      now: reader.now,
      ...sharedPlanOf(pathway, tasks, link.holder, await this.requestsOf(request, tasks, pathwayId)),
    };
  }

  /** Throws NOT_FOUND for a task that is not theirs or of another pathway. */
  @Post('tasks/:id/done')
  @HttpCode(200)
  @ApiCommand()
  @ApiOperation({ summary: 'Confirm that an act was done' })
  @ApiOkResponse({ description: '`{id, status}`' })
  async done(
    @Param('id', IdPipe) id: string,
    @Body() { outcome, answer }: DoneInput,
    @IdempotencyKey() key: string,
    @Req() request: Request & WithSession,
    @Reader() reader: ReaderContext,
  ): Promise<object> {
    const { link, pathwayId } = await this.own(request, reader);
    const tasks = await this.tasksOf(request, link, pathwayId);
    const { holder } = link;
    const own = holder.kind === 'practitioner' ? holder.practitionerId : undefined;
    const task = tasks.find((one) => one.id === id && own !== undefined && one.ownerId === own);
    if (task === undefined) throw new DomainError('NOT_FOUND', {}, 'id');
    const body = {
      ...(outcome === undefined ? {} : { outcome }),
      ...(answer === undefined ? {} : { answer }),
    };
    return this.ask<object>(request, `/tasks/${id}/done`, { body, key });
  }

  private async own(
    { linkSession }: WithSession,
    { territory }: ReaderContext,
  ): Promise<{ link: PatientLink; pathwayId: string }> {
    const found = linkSession && (await this.store.read(patientLinks, territory, linkSession.linkId));
    const pathwayId = found?.state.pathwayId;
    if (found === undefined || pathwayId === undefined) throw new DomainError('NOT_FOUND');
    return { link: found.state, pathwayId };
  }

  /** Only professionals have tasks: who reads as the patient does may not even ask. */
  private async tasksOf(request: Request, { holder }: PatientLink, pathwayId: string): Promise<readonly ToldTask[]> {
    if (holder.kind !== 'practitioner') return [];
    const query = `pathwayId=${pathwayId}&limit=${String(TASKS_MAX)}`;
    const { items } = await this.ask<{ items: readonly ToldTask[] }>(request, `/tasks?${query}`);
    return items;
  }

  /** The patient's own words behind a task, read only where there is a task. */
  private async requestsOf(
    request: Request,
    tasks: readonly ToldTask[],
    pathwayId: string,
  ): Promise<readonly ToldRequest[]> {
    if (tasks.length === 0) return [];
    const path = `/pathways/${pathwayId}/patient-requests`;
    return (await this.ask<{ items: readonly ToldRequest[] }>(request, path)).items;
  }

  private async ask<T>(
    { headers: { authorization = '', 'accept-language': language = 'fr' } }: Request,
    path: string,
    command?: { readonly body: object; readonly key: string },
  ): Promise<T> {
    const response = await fetch(`${this.settings.serviceUrls.pathways}${path}`, {
      signal: AbortSignal.timeout(WAIT_MS),
      headers: {
        ...{ authorization, accept: 'application/json', 'accept-language': language },
        ...(command === undefined ? {} : { 'content-type': 'application/json', 'idempotency-key': command.key }),
      },
      ...(command === undefined ? {} : { method: 'POST', body: JSON.stringify(command.body) }),
    }).catch((cause: unknown) => {
      const error = new DomainError('NOT_READY');
      error.cause = cause;
      throw error;
    });
    if (response.ok) return (await response.json()) as T; // the contract of the route called
    const { code, params = {} } = (await response.json().catch(() => ({}))) as { code?: string; params?: object }; // a problem
    if (response.status >= 500 || code === undefined || !(code in problems)) throw new DomainError('NOT_READY');
    throw new DomainError(code as ProblemCode, params as Record<string, string>); // the code was found, its parameters go with it
  }
}
