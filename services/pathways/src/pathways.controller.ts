import { Can, mayEver, type Principal, queryOf } from '@ariane/auth';
import { contextOf } from '@ariane/bus';
import {
  afterCursor,
  ApiCommand,
  Caller,
  type CallerContext,
  Discloses,
  idOf,
  IdPipe,
  pageOf,
  Reader,
  type ReaderContext,
} from '@ariane/service';
import { DomainError } from '@ariane/kernel';
import { type Handled, Store } from '@ariane/store';
import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { pathways } from './aggregates.store';
import { Enrolment } from './enrolment.store';
import type { NewFact, Pathway } from './pathway';
import {
  EnrolInput,
  FactInput,
  type FilePart,
  FileQuery,
  LeaveInput,
  MemberInput,
  PathwaysQuery,
} from './pathway-inputs.controller';
import { PathwayReads } from './pathway-reads.store';
import { patientView } from './pathway-view';
import { dayOf } from './pathway-time';
import { planner } from './protocols.store';
import { PathwaySight, type Seen } from './sight.store';
import { whereItStands } from './where-it-stands';

/** What a list tells of a pathway rests on these: its facts, the greater part of it, are left where they are. */
const listed = [
  ...(['id', 'patientId', 'protocol', 'contract', 'enrolledAt', 'status', 'disclosure', 'wakeAt', 'settled'] as const),
  ...(['team', 'timeZone', 'steps', 'changes', 'migrations'] as const),
] as const;
/** Of the steps, those that are to be done: `whereItStands` looks at no others. */
const openSteps = { $filter: { input: '$steps', cond: { $in: ['$$this.status', ['due', 'late']] } } };

/** What the page of abilities asks of whoever reads a part of the file, as it does of that part's own route. */
const mayRead: Readonly<Record<FilePart, (principal: Principal) => boolean>> = {
  plan: (principal) => mayEver(principal, 'read', 'Pathway'),
  timeline: (principal) => mayEver(principal, 'read', 'Pathway'),
  tasks: (principal) => mayEver(principal, 'list', 'Task'),
  alerts: (principal) => mayEver(principal, 'list', 'Alert'),
  requests: (principal) => mayEver(principal, 'read-requests', 'Pathway'),
};

@ApiTags('pathways')
@Controller('pathways')
export class PathwaysController {
  constructor(
    private readonly store: Store,
    private readonly enrolment: Enrolment,
    private readonly sight: PathwaySight,
    private readonly reads: PathwayReads,
  ) {}

  @Post()
  @Can('create', 'Pathway')
  @ApiCommand()
  @ApiOperation({ summary: 'Enrol a patient in a protocol; protocol and payment contract are pinned' })
  @ApiCreatedResponse({ description: '`{id, version, protocol, contract}`' })
  async enrol(@Body() wanted: EnrolInput, @Caller() caller: CallerContext) {
    const by = this.sight.actor(caller);
    const history = (wanted.history ?? []).map((one) => ({
      id: one.factId,
      code: one.code,
      at: one.at,
      ...given(one),
      by,
    }));
    const command = await this.enrolment.command(wanted, caller, history);
    const { state, version } = await this.store.handle(pathways, wanted.id, command, contextOf(caller));
    return { id: wanted.id, version, protocol: state.protocol, contract: state.contract };
  }

  @Get()
  @Can('list', 'Pathway')
  @ApiOperation({ summary: 'List the pathways one may see' })
  @ApiOkResponse({ description: '`{items, next}`; each with its phase, its next step and how many are late' })
  @Discloses('list-pathways')
  async list(@Query() { patientId, status, cursor, limit }: PathwaysQuery, @Reader() reader: ReaderContext) {
    const filter = {
      $and: [
        queryOf(reader.principal, 'list', 'Pathway'),
        patientId === undefined ? {} : { patientId },
        status === undefined ? {} : { status },
        afterCursor(cursor),
      ],
    };
    const wanted = { fields: listed, shaped: { steps: openSteps }, limit: limit + 1 };
    const found = await this.store.glances(pathways, reader.territory, filter, wanted);
    const shown = pageOf(found, limit, idOf);
    const seen = await this.sight.among(shown.items, reader);
    return { ...shown, items: seen.map((one) => this.summary(one, reader)) };
  }

  @Get(':id')
  @Can('read-neutral', 'Pathway')
  @ApiOperation({
    summary: 'Read a pathway: its plan, step by step; for the patient, under neutral labels until announced',
  })
  @ApiOkResponse({ description: 'The plan.' })
  @Discloses('read-pathway')
  async read(@Param('id', IdPipe) id: string, @Reader() reader: ReaderContext): Promise<object> {
    const seen = await this.sight.seen(id, reader);
    if (seen.sight === 'whole') return this.reads.plan(seen, reader);
    const { state, version } = seen;
    return { ...patientView(state, (key) => planner.step(state, key), reader.language), version };
  }

  @Get(':id/file')
  @Can('read', 'Pathway')
  @ApiOperation({ summary: 'Read several parts of a pathway at once, each as its own route tells it' })
  @ApiOkResponse({ description: '`{plan, timeline, tasks, alerts, requests}`: those asked for' })
  @Discloses('read-file')
  async file(
    @Param('id', IdPipe) id: string,
    @Query() { part }: FileQuery,
    @Reader() reader: ReaderContext,
  ): Promise<object> {
    if (!part.every((one) => mayRead[one](reader.principal))) throw new DomainError('FORBIDDEN', {}, 'part');
    const seen = await this.sight.wholeToRead(id, reader);
    const read: Readonly<Record<FilePart, () => Promise<object>>> = {
      plan: () => Promise.resolve(this.reads.plan(seen, reader)),
      timeline: () => this.reads.timeline(seen, reader),
      tasks: () => this.reads.openTasks(seen, reader),
      alerts: () => this.reads.alerts(seen, reader),
      requests: () => this.reads.requests(seen.state, reader.territory),
    };
    const answers = await Promise.all(part.map(async (one) => [one, await read[one]()] as const));
    return Object.fromEntries(answers);
  }

  @Post(':id/facts')
  @Can('record', 'Pathway')
  @ApiCommand()
  @ApiOperation({ summary: 'Record what became true of the patient: a result, a refusal, a transfer, a death' })
  @ApiCreatedResponse({ description: '`{id, factId, version, status}`' })
  async record(@Param('id', IdPipe) id: string, @Body() input: FactInput, @Caller() caller: CallerContext) {
    await this.sight.whole(id, caller);
    const { factId, code, at } = input;
    const fact: NewFact = { id: factId, code, at, ...given(input), by: this.sight.actor(caller) };
    const command = { type: 'RecordFact', fact, now: caller.now } as const;
    return { ...told(await this.store.handle(pathways, id, command, contextOf(caller))), factId };
  }

  @Post(':id/care-team')
  @Can('staff', 'Pathway')
  @ApiCommand()
  @ApiOperation({ summary: 'Add a professional to the care team' })
  @ApiCreatedResponse({ description: '`{id, version, status}`' })
  async join(@Param('id', IdPipe) id: string, @Body() member: MemberInput, @Caller() caller: CallerContext) {
    const { state } = await this.sight.whole(id, caller);
    await this.enrolment.checkMember(state.protocol, member, caller.territory);
    const { practitionerId, role, ground } = member;
    const command = { type: 'JoinTeam', member: { practitionerId, role, ground }, now: caller.now } as const;
    return told(await this.store.handle(pathways, id, command, contextOf(caller)));
  }

  @Post(':id/care-team/leave')
  @HttpCode(200)
  @Can('staff', 'Pathway')
  @ApiCommand()
  @ApiOperation({
    summary: 'Let a professional leave the care team; what they owned goes to a deputy or the coordinator',
  })
  @ApiOkResponse({ description: '`{id, version, status}`' })
  async leave(@Param('id', IdPipe) id: string, @Body() member: LeaveInput, @Caller() caller: CallerContext) {
    await this.sight.whole(id, caller);
    const { practitionerId, role } = member;
    const command = { type: 'LeaveTeam', practitionerId, role, now: caller.now } as const;
    return told(await this.store.handle(pathways, id, command, contextOf(caller)));
  }

  private summary(
    { state, version, sight }: Seen<Pick<Pathway, (typeof listed)[number]>>,
    { language, now }: ReaderContext,
  ) {
    if (sight === 'patient')
      return { id: state.id, version, status: state.status === 'ACTIVE' ? 'under-way' : 'ended' };
    const { id, patientId, protocol, contract, enrolledAt, status, disclosure, wakeAt, settled } = state;
    const told = { id, version, patientId, protocol, contract, enrolledAt, status, disclosure, wakeAt, settled };
    const documentOf = (key: string) => planner.step(state, key);
    return { ...told, ...whereItStands(state, documentOf, { language, day: dayOf(state, now) }) };
  }
}

const told = ({ state, version }: Handled<Pathway>) => ({ id: state.id, version, status: state.status });

/** Absent fields stay absent: a fact without value is not a fact whose value is undefined. */
const given = ({ value, unit, stepKey }: FactInput): Partial<NewFact> => ({
  ...(value === undefined ? {} : { value }),
  ...(unit === undefined ? {} : { unit }),
  ...(stepKey === undefined ? {} : { stepKey }),
});
