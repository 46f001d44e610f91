import { IsCode, IsId, IsInstant } from '@ariane/service';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { AlertsQuery } from './worklist-inputs.controller';

const views = ['interrupting', 'held-back'] as const;

export class AlertListQuery extends AlertsQuery {
  @ApiPropertyOptional({
    enum: views,
    description: 'What may interrupt its owner, or what waits in the list: `heldBack`, `snoozedUntil`, `bundledInto`.',
  })
  @IsOptional()
  @IsIn(views)
  view?: (typeof views)[number];
}

export class DeferAlertInput {
  @ApiProperty({ maxLength: 64, example: 'patient-called' })
  @IsCode()
  reason!: string; // class-validator fills it; so for every field of these classes

  @ApiProperty({ format: 'date-time', description: 'Seven days ahead at most.' })
  @IsInstant()
  until!: string; // see above
}

export class HandleAlertInput {
  @ApiProperty({ maxLength: 64, example: 'appointment-booked', description: 'What was done about it.' })
  @IsCode()
  outcome!: string; // see above
}

export class HandOverAlertInput {
  @ApiProperty({ format: 'uuid', description: 'To whom, a member of the care team.' })
  @IsId()
  to!: string; // see above

  @ApiProperty({ maxLength: 64, example: 'better-placed' })
  @IsCode()
  reason!: string; // see above
}
