import { IsCode, IsId, PageQuery } from '@ariane/service';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';

const taskStatuses = ['open', 'done', 'cancelled'] as const;
const alertStatuses = ['open', 'acknowledged', 'closed'] as const;

class WorklistQuery extends PageQuery {
  @ApiPropertyOptional({ format: 'uuid', description: 'Oneself; or name a pathway.' })
  @IsOptional()
  @IsId()
  ownerId?: string;

  @ApiPropertyOptional({ format: 'uuid' })
  @IsOptional()
  @IsId()
  pathwayId?: string;
}

export class TasksQuery extends WorklistQuery {
  @ApiPropertyOptional({ enum: taskStatuses })
  @IsOptional()
  @IsIn(taskStatuses)
  status?: string;
}

export class AlertsQuery extends WorklistQuery {
  @ApiPropertyOptional({ enum: alertStatuses })
  @IsOptional()
  @IsIn(alertStatuses)
  status?: string;
}

export class TaskDoneInput {
  @ApiPropertyOptional({ maxLength: 64, description: 'Where the step declares outcomes: one of them.' })
  @IsOptional()
  @IsCode()
  outcome?: string;
}

export class CloseAlertInput {
  @ApiProperty({ maxLength: 64, example: 'patient-called' })
  @IsCode()
  reason!: string; // class-validator fills it
}
