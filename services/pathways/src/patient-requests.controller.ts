import { Can, mayDo, subjectOf } from '@ariane/auth';
import { contextOf } from '@ariane/bus';
import { DomainError, uuidv5 } from '@ariane/kernel';
import {
  ApiCommand,
  Caller,
  type CallerContext,
  Discloses,
  IdPipe,
  IsId,
  Reader,
  type ReaderContext,
} from '@ariane/service';
import { Store } from '@ariane/store';
import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { IsIn, IsString, Length } from 'class-validator';
import { coordinatorOf } from './care-team';
import { PathwayReads } from './pathway-reads.store';
import { dayOf } from './pathway-time';
import { type RequestKind, requestKinds } from './patient-request';
import { patientRequests } from './patient-requests.store';
import { PathwaySight } from './sight.store';

/** Who is asked answers within two days; a list of more than that is read by nobody. */
const ANSWER_MS = 2 * 86_400_000;

class PatientRequestInput {
  @ApiProperty({ format: 'uuid', description: 'Chosen by the caller.' })
  @IsId()
  id!: string; // class-validator fills it; so for every field of this class

  @ApiProperty({ enum: requestKinds })
  @IsIn(requestKinds)
  kind!: RequestKind; // see above

  @ApiProperty({ minLength: 3, maxLength: 2_000, description: 'In the patient’s own words.' })
  @IsString()
  @Length(3, 2_000)
  text!: string; // see above
}

/** What patients ask of their team from their own page. */
@ApiTags('patients')
@Controller('pathways/:id/patient-requests')
export class PatientRequestsController {
  constructor(
    private readonly store: Store,
    private readonly sight: PathwaySight,
    private readonly reads: PathwayReads,
  ) {}

  @Post()
  @Can('ask-team', 'Pathway')
  @ApiCommand()
  @ApiOperation({
    summary: 'Ask for a correction, for reasons, for another time, or that a question be put to the meeting',
  })
  @ApiCreatedResponse({ description: '`{id, dueAt}`' })
  async ask(
    @Param('id', IdPipe) pathwayId: string,
    @Body() { id, kind, text }: PatientRequestInput,
    @Caller() caller: CallerContext,
  ) {
    const { state } = await this.sight.seen(pathwayId, caller);
    const { patientId, team } = state;
    const owner = coordinatorOf(team, dayOf(state, caller.now));
    const dueAt = new Date(Date.parse(caller.now) + ANSWER_MS).toISOString();
    const request = {
      ...{ id, pathwayId, patientId, kind, text, dueAt, by: subjectOf(caller.principal), at: caller.now },
      taskId: uuidv5(id, 'task'),
      ...(owner === undefined ? {} : { ownerId: owner.practitionerId }),
    };
    await this.store.handle(patientRequests, id, { type: 'AskTeam', request }, contextOf(caller));
    return { id, dueAt };
  }

  @Get()
  @Can('read-requests', 'Pathway')
  @Discloses('read-patient-requests')
  @ApiOperation({ summary: 'What the patient has asked, and whether it was seen to' })
  @ApiOkResponse({ description: '`{items}`: id, kind, text, at, dueAt, taskId, status, answer' })
  async list(@Param('id', IdPipe) pathwayId: string, @Reader() reader: ReaderContext): Promise<object> {
    const { state: pathway, sight } = await this.sight.seen(pathwayId, reader);
    const { territory, principal } = reader;
    const { patientId } = pathway;
    // Who stands by a patient reads what is next, and not what the patient wrote to the team.
    if (sight === 'patient' && !mayDo(principal, 'read-requests', 'Pathway', { patientId })) {
      throw new DomainError('NOT_FOUND', {}, 'id');
    }
    return this.reads.requests(pathway, territory);
  }
}
