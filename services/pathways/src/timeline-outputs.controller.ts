import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { TimelineItem } from './pathway-view';
import type { NamedFact, TimelineStep } from './timeline';

const value = { oneOf: [{ type: 'string' }, { type: 'number' }, { type: 'boolean' }] };
const turns = ['enrolled', 'fact', 'step-done', 'announced', 'closed'] as const;

export class PinOutput {
  @ApiProperty()
  id!: string; // filled from the pathway; so for every field of these classes

  @ApiProperty({ type: 'integer' })
  version!: number; // see above

  @ApiProperty()
  sha256!: string; // see above
}

export class NamedFactOutput implements NamedFact {
  @ApiProperty({ format: 'uuid' })
  id!: string; // see above

  @ApiProperty({ example: 'imaging.acr' })
  code!: string; // see above

  @ApiProperty({ format: 'date-time', description: 'When it became true.' })
  at!: string; // see above

  @ApiProperty({ format: 'date-time', description: 'When it became known here.' })
  recordedAt!: string; // see above

  @ApiPropertyOptional(value)
  value?: string | number | boolean;

  @ApiPropertyOptional()
  unit?: string;

  @ApiPropertyOptional({ description: 'Who recorded it.' })
  by?: string;
}

export class TimelineItemOutput implements TimelineItem {
  @ApiProperty({ format: 'date-time' })
  at!: string; // see above

  @ApiProperty({ enum: turns })
  what!: TimelineItem['what']; // see above

  @ApiPropertyOptional()
  code?: string;

  @ApiPropertyOptional(value)
  value?: string | number | boolean;

  @ApiPropertyOptional()
  unit?: string;

  @ApiPropertyOptional()
  stepKey?: string;

  @ApiPropertyOptional()
  label?: string;

  @ApiPropertyOptional()
  by?: string;
}

export class PlannedDates {
  @ApiPropertyOptional({ format: 'date-time' })
  dueFrom?: string;

  @ApiPropertyOptional({ format: 'date-time' })
  target?: string;

  @ApiPropertyOptional({ format: 'date-time' })
  latest?: string;
}

export class DoneOutput {
  @ApiProperty({ format: 'date-time' })
  at!: string; // see above

  @ApiPropertyOptional({ type: NamedFactOutput })
  fact?: NamedFactOutput;
}

export class ReasonOutput {
  @ApiProperty({ description: 'The rule of the protocol.' })
  rule!: string; // see above

  @ApiProperty({ type: [String], description: 'All that it read; derived values have no entry in `facts`.' })
  factIds!: readonly string[]; // see above

  @ApiProperty({ type: [NamedFactOutput] })
  facts!: readonly NamedFactOutput[]; // see above

  @ApiProperty({ type: PinOutput, description: 'The version that the rule is of.' })
  protocol!: PinOutput; // see above
}

export class TimelineStepOutput implements TimelineStep {
  @ApiProperty()
  key!: string; // see above

  @ApiProperty()
  kind!: string; // see above

  @ApiProperty()
  phase!: string; // see above

  @ApiProperty()
  label!: string; // see above

  @ApiProperty()
  role!: string; // see above

  @ApiProperty({ enum: ['waiting', 'due', 'late', 'done', 'missed', 'not-applicable', 'stopped'] })
  status!: TimelineStep['status']; // see above

  @ApiProperty({ type: 'integer', minimum: 1 })
  attempt!: number; // see above

  @ApiProperty()
  mandatory!: boolean; // see above

  @ApiProperty({ type: PlannedDates })
  planned!: PlannedDates; // see above

  @ApiPropertyOptional({ type: DoneOutput })
  done?: DoneOutput;

  @ApiPropertyOptional({ type: 'integer', description: 'Days beyond the latest date.' })
  daysLate?: number;

  @ApiProperty({ type: [String] })
  waitingFor!: readonly string[]; // see above

  @ApiProperty({ type: ReasonOutput })
  reason!: ReasonOutput; // see above
}

export class EndOutput {
  @ApiProperty()
  status!: string; // see above

  @ApiProperty({ format: 'date-time' })
  at!: string; // see above
}

/** To the patient only what happened, under the labels they may read. */
export class TimelineOutput {
  @ApiProperty({ type: [TimelineItemOutput], description: 'Oldest first.' })
  items!: readonly TimelineItemOutput[]; // see above

  @ApiPropertyOptional({ format: 'date-time', description: 'The instant of this reading.' })
  asOf?: string;

  @ApiPropertyOptional({ type: PinOutput, description: 'The version that was pinned then.' })
  protocol?: PinOutput;

  @ApiPropertyOptional({ enum: ['SUSPICION', 'ANNOUNCED'] })
  disclosure?: 'SUSPICION' | 'ANNOUNCED';

  @ApiPropertyOptional({ type: EndOutput })
  end?: EndOutput;

  @ApiPropertyOptional({ type: [TimelineStepOutput], description: 'Planned beside done, with the reason of each.' })
  steps?: readonly TimelineStepOutput[];
}
