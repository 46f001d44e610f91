import { Can } from '@ariane/auth';
import { contextOf } from '@ariane/bus';
import { ApiCommand, Caller, type CallerContext, IsCode, IsId, IsInstant } from '@ariane/service';
import { Body, Controller, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOperation, ApiProperty, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsIn, IsInt, IsOptional, IsString, Max, MaxLength, Min, MinLength } from 'class-validator';
import { AppointmentView, type Fields, modes, viewOf } from './appointment-views.controller';
import { Placement } from './placement.store';
import { BUCKET_MINUTES, VISIT_MINUTES_MAX, type VisitMode } from './slot';
import { type Visit, visitOf, type Wish } from './visit';

/** Who is to be seen, for which step of which pathway. */
export class VisitBody implements Visit {
  @ApiProperty({ format: 'uuid', description: 'Made by the caller.' })
  @IsId()
  appointmentId!: string; // set by the validation pipe

  @ApiProperty({ format: 'uuid' })
  @IsId()
  pathwayId!: string; // set by the validation pipe

  @ApiProperty({ format: 'uuid' })
  @IsId()
  patientId!: string; // set by the validation pipe

  @ApiProperty({ minLength: 1, maxLength: 120 })
  @IsString()
  @MinLength(1)
  @MaxLength(120)
  stepKey!: string; // set by the validation pipe

  @ApiProperty({ maxLength: 64 })
  @IsCode()
  visitKind!: string; // set by the validation pipe
}

class RequestBody extends VisitBody implements Wish {
  @ApiProperty({ maxLength: 64 })
  @IsCode()
  role!: string; // set by the validation pipe

  @ApiPropertyOptional({ format: 'uuid', description: 'Preferred, when one of their calendars serves the visit.' })
  @IsOptional()
  @IsId()
  practitionerId?: string;

  @ApiPropertyOptional({ enum: modes })
  @IsOptional()
  @IsIn(modes)
  mode?: VisitMode;

  @ApiProperty({ format: 'date-time' })
  @IsInstant()
  dueFrom!: string; // set by the validation pipe

  @ApiPropertyOptional({ format: 'date-time', description: 'Later is taken when nothing fits before.' })
  @IsOptional()
  @IsInstant()
  latest?: string;

  @ApiPropertyOptional({ type: 'integer', minimum: BUCKET_MINUTES, maximum: VISIT_MINUTES_MAX })
  @IsOptional()
  @IsInt()
  @Min(BUCKET_MINUTES)
  @Max(VISIT_MINUTES_MAX)
  minutes?: number;

  @ApiProperty({ enum: ['auto', 'propose'] })
  @IsIn(['auto', 'propose'])
  booking!: 'auto' | 'propose'; // set by the validation pipe
}

/** What pathways asks for when a step is due: the earliest slot that fits. */
@ApiTags('appointments')
@Controller('appointment-requests')
export class AppointmentRequestsController {
  constructor(private readonly placement: Placement) {}

  @Post()
  @ApiCommand()
  @Can('request', 'Appointment')
  @ApiOperation({
    summary: 'Books or holds the earliest slot that fits, late rather than never; waits when there is none.',
  })
  @ApiCreatedResponse({ type: AppointmentView })
  async request(@Body() body: RequestBody, @Caller() caller: CallerContext): Promise<Fields<AppointmentView>> {
    const { role, practitionerId, mode, dueFrom, latest, minutes, booking } = body;
    const wish: Wish = { role, practitionerId, mode, dueFrom, latest, minutes: onGrid(minutes), booking };
    return viewOf(await this.placement.request(visitOf(body), wish, contextOf(caller)));
  }
}

/** A length is rounded up to the grid, so that the visit never has less time than was asked for. */
const onGrid = (minutes: number | undefined): number | undefined =>
  minutes === undefined ? undefined : Math.ceil(minutes / BUCKET_MINUTES) * BUCKET_MINUTES;
