import { IsCode, IsId, PageQuery } from '@ariane/service';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Length,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { type Tier, tiers, type WorkReason, workReasons } from './work-item';
import { type Owner, owners, type WorkOrder, workOrders } from './worklist-query';

const taskStatuses = ['open', 'done', 'cancelled'] as const;
const alertStatuses = ['open', 'acknowledged', 'closed'] as const;
const bulkActions = ['take', 'hand-over', 'done'] as const;

/** What one page of a screen holds, and what one transaction of the write path takes in one go. */
const BULK_MAX = 200;

class OwnedQuery extends PageQuery {
  @ApiPropertyOptional({ format: 'uuid', description: 'Oneself; or name a pathway.' })
  @IsOptional()
  @IsId()
  ownerId?: string;

  @ApiPropertyOptional({ format: 'uuid' })
  @IsOptional()
  @IsId()
  pathwayId?: string;
}

export class TasksQuery extends OwnedQuery {
  @ApiPropertyOptional({ enum: taskStatuses })
  @IsOptional()
  @IsIn(taskStatuses)
  status?: string;
}

export class AlertsQuery extends OwnedQuery {
  @ApiPropertyOptional({ enum: alertStatuses })
  @IsOptional()
  @IsIn(alertStatuses)
  status?: string;
}

export class WorklistQuery extends PageQuery {
  @ApiPropertyOptional({ enum: owners, description: 'Whose: one’s own, nobody’s, or somebody else’s.' })
  @IsOptional()
  @IsIn(owners)
  owner?: Owner;

  @ApiPropertyOptional({ maxLength: 64, example: 'IDEC', description: 'The role it falls to.' })
  @IsOptional()
  @IsCode()
  role?: string;

  @ApiPropertyOptional({ enum: workReasons, isArray: true, description: 'Any of these: named once or several times.' })
  @IsOptional()
  @Transform(({ value }: { value: unknown }): unknown => (Array.isArray(value) ? value : [value]))
  @IsIn(workReasons, { each: true })
  reason?: readonly WorkReason[];

  @ApiPropertyOptional({ enum: tiers })
  @IsOptional()
  @Type(() => Number)
  @IsIn(tiers)
  tier?: Tier;

  @ApiPropertyOptional({ maxLength: 64, example: 'breast-cancer', description: 'The protocol’s id.' })
  @IsOptional()
  @IsCode()
  protocol?: string;

  @ApiPropertyOptional({ maxLength: 64, example: 'diagnosis' })
  @IsOptional()
  @IsCode()
  phase?: string;

  @ApiPropertyOptional({ format: 'uuid' })
  @IsOptional()
  @IsId()
  pathwayId?: string;

  @ApiPropertyOptional({
    type: 'integer',
    minimum: 0,
    maximum: 366,
    description: 'Only what falls due within so many times 24 hours; what is overdue is among it.',
  })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(366)
  withinDays?: number;

  @ApiPropertyOptional({ enum: workOrders, default: 'rank', description: '`rank`: by tier, then by deadline.' })
  @IsOptional()
  @IsIn(workOrders)
  sort: WorkOrder = 'rank';
}

export class TaskDoneInput {
  @ApiPropertyOptional({ maxLength: 64, description: 'Where the step declares outcomes: one of them.' })
  @IsOptional()
  @IsCode()
  outcome?: string;

  @ApiPropertyOptional({
    ...{ minLength: 3, maxLength: 2_000 },
    description: 'Where the patient asked for something: what is written back to them.',
  })
  @IsOptional()
  @IsString()
  @Length(3, 2_000)
  answer?: string;
}

export class CloseAlertInput {
  @ApiProperty({ maxLength: 64, example: 'patient-called' })
  @IsCode()
  reason!: string; // class-validator fills it; so for every field of these classes
}

export class BulkTasksInput {
  @ApiProperty({ enum: bulkActions })
  @IsIn(bulkActions)
  action!: (typeof bulkActions)[number]; // see above

  @ApiProperty({ type: [String], format: 'uuid', minItems: 1, maxItems: BULK_MAX })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(BULK_MAX)
  @ArrayUnique()
  @IsId({ each: true })
  ids!: string[]; // see above

  @ApiPropertyOptional({ format: 'uuid', description: 'For `hand-over`: to whom, a member of each care team.' })
  @IsOptional()
  @IsId()
  to?: string;

  @ApiPropertyOptional({ maxLength: 64, example: 'leave', description: 'For `hand-over`: why.' })
  @IsOptional()
  @IsCode()
  reason?: string;

  @ApiPropertyOptional({ maxLength: 64, description: 'For `done`: the outcome, where the steps declare some.' })
  @IsOptional()
  @IsCode()
  outcome?: string;
}

export class ReassignInput {
  @ApiProperty({ format: 'uuid', description: 'The colleague who is away.' })
  @IsId()
  from!: string; // see above

  @ApiProperty({ format: 'uuid' })
  @IsId()
  to!: string; // see above

  @ApiProperty({ maxLength: 64, example: 'leave' })
  @IsCode()
  reason!: string; // see above

  @ApiPropertyOptional({ maxLength: 200, description: 'The `next` of the answer before.' })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  cursor?: string;
}

export class AcknowledgeResultsInput {
  @ApiProperty({ type: [String], format: 'uuid', minItems: 1, maxItems: BULK_MAX, description: 'Those one has seen.' })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(BULK_MAX)
  @IsId({ each: true })
  factIds!: string[]; // see above
}
