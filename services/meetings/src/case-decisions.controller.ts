import { Can } from '@ariane/auth';
import { contextOf } from '@ariane/bus';
import { DomainError } from '@ariane/kernel';
import { ApiCommand, Caller, type CallerContext, IdPipe, IfMatch, IsCode, IsId } from '@ariane/service';
import { Store } from '@ariane/store';
import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiProperty, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsOptional,
  IsString,
  MaxLength,
  MinLength,
  ValidateNested,
} from 'class-validator';
import type { Conformity } from './case-state';
import {
  type DecisionKind,
  decisionKinds,
  type DeferralReason,
  deferralReasons,
  type Orientation,
  orientations,
  type Side,
  sides,
} from './decision-codes';
import type { CaseCommand } from './meeting-case';
import { cases, listedAmong } from './meetings.store';
import { type AttendanceMode, attendanceModes } from './quorum';

/** People in the discussion of one case. */
const ATTENDEES_MAX = 60;

class AttendeeBody {
  @ApiProperty({ format: 'uuid', description: 'The specialty is the directory’s on the meeting’s day.' })
  @IsId()
  practitionerId!: string; // set by the validation pipe

  @ApiProperty({ enum: attendanceModes })
  @IsIn(attendanceModes)
  mode!: AttendanceMode; // set by the validation pipe
}

class AttendanceBody {
  @ApiProperty({ type: [AttendeeBody], maxItems: ATTENDEES_MAX })
  @IsArray()
  @ArrayMaxSize(ATTENDEES_MAX)
  @ValidateNested({ each: true })
  @Type(() => AttendeeBody)
  attendees!: AttendeeBody[]; // set by the validation pipe
}

class ConformityBody {
  @ApiProperty({ maxLength: 64 })
  @IsCode()
  reference!: string; // set by the validation pipe

  @ApiProperty({ maxLength: 64 })
  @IsCode()
  version!: string; // set by the validation pipe

  @ApiProperty()
  @IsBoolean()
  conforms!: boolean; // set by the validation pipe

  @ApiPropertyOptional({ maxLength: 2000, description: 'Required where the decision departs from the reference.' })
  @IsOptional()
  @IsString()
  @MaxLength(2000)
  justification?: string;
}

class DecisionBody {
  @ApiProperty({ enum: decisionKinds })
  @IsIn(decisionKinds)
  decision!: DecisionKind; // set by the validation pipe

  @ApiProperty({ enum: orientations })
  @IsIn(orientations)
  orientation!: Orientation; // set by the validation pipe

  @ApiPropertyOptional({ enum: sides, description: 'Required where the case has a side, and the same.' })
  @IsOptional()
  @IsIn(sides)
  side?: Side;

  @ApiPropertyOptional({ minLength: 1, maxLength: 4000 })
  @IsOptional()
  @IsString()
  @MinLength(1)
  @MaxLength(4000)
  text?: string;

  @ApiPropertyOptional({ type: ConformityBody })
  @IsOptional()
  @ValidateNested()
  @Type(() => ConformityBody)
  conformity?: ConformityBody;
}

class DeferralBody {
  @ApiProperty({ enum: deferralReasons })
  @IsIn(deferralReasons)
  reason!: DeferralReason; // set by the validation pipe
}

class CaseChanged {
  @ApiProperty({ format: 'uuid' }) id!: string; // given as a literal
  @ApiProperty({ type: 'integer' }) version!: number; // given as a literal
  @ApiProperty() status!: string; // given as a literal
  @ApiPropertyOptional() signedSha256?: string;
}

type Changed = Pick<CaseChanged, keyof CaseChanged>;

/** What the meeting does with a case. */
@ApiTags('cases')
@Controller('cases')
export class CaseDecisionsController {
  constructor(private readonly store: Store) {}

  /** Replaces the attendance recorded before. */
  @Post(':id/attendance')
  @HttpCode(200)
  @Can('record', 'MeetingCase')
  @ApiCommand()
  @ApiOkResponse({ type: CaseChanged })
  async attendance(
    @Param('id', IdPipe) id: string,
    @Body() { attendees }: AttendanceBody,
    @Caller() caller: CallerContext,
  ): Promise<Changed> {
    const ids = attendees.map(({ practitionerId }) => practitionerId);
    const known = { directory: await listedAmong(this.store, caller.territory, ids) };
    const attended = attendees.map(({ practitionerId, mode }) => ({ practitionerId, mode }));
    return this.command(id, caller, { type: 'RecordAttendance', attendees: attended, now: caller.now, known });
  }

  /** Records the decision, signed by the doctor who is signed in: final. */
  @Post(':id/decision')
  @HttpCode(200)
  @Can('decide', 'MeetingCase')
  @ApiCommand()
  @ApiHeader({ name: 'If-Match', required: true, description: 'The version of the case as the signer read it.' })
  @ApiOkResponse({ type: CaseChanged })
  async decision(
    @Param('id', IdPipe) id: string,
    @Body() body: DecisionBody,
    @IfMatch() expectedVersion: number,
    @Caller() caller: CallerContext,
  ): Promise<Changed> {
    const { principal, now } = caller;
    const signedBy = principal.kind === 'person' ? principal.practitionerId : undefined;
    if (signedBy === undefined) throw new DomainError('SIGNER_NOT_COMPETENT');
    const { conformity, ...decided } = body;
    const known = { directory: await this.directoryFor(id, caller.territory, signedBy) };
    return this.command(id, caller, {
      type: 'DecideCase',
      ...decided,
      ...(conformity === undefined ? {} : { conformity: plainConformity(conformity) }),
      expectedVersion,
      signedBy,
      now,
      known,
    });
  }

  /** The meeting does not decide, for a named reason; the pathway asks again. */
  @Post(':id/defer')
  @HttpCode(200)
  @Can('record', 'MeetingCase')
  @ApiCommand()
  @ApiOkResponse({ type: CaseChanged })
  async defer(
    @Param('id', IdPipe) id: string,
    @Body() { reason }: DeferralBody,
    @Caller() caller: CallerContext,
  ): Promise<Changed> {
    const known = { directory: await this.directoryFor(id, caller.territory) };
    return this.command(id, caller, { type: 'DeferCase', reason, now: caller.now, known });
  }

  /** The directory's entries of who attended the case, and of who signs. */
  private async directoryFor(id: string, territory: string, ...others: string[]) {
    const found = await this.store.read(cases, territory, id);
    const attending = found?.state.status === 'planned' ? found.state.attendance : [];
    const ids = [...attending.map(({ practitionerId }) => practitionerId), ...others];
    return listedAmong(this.store, territory, [...new Set(ids)]);
  }

  private async command(id: string, caller: CallerContext, command: CaseCommand): Promise<Changed> {
    const { state, version } = await this.store.handle(cases, id, command, contextOf(caller));
    const signed = state.status === 'decided' ? { signedSha256: state.signedSha256 } : {};
    return { id, version, status: state.status, ...signed };
  }
}

/** Without the class, so that what is signed is plain data. */
const plainConformity = ({ reference, version, conforms, justification }: ConformityBody): Conformity => ({
  reference,
  version,
  conforms,
  ...(justification === undefined ? {} : { justification }),
});
