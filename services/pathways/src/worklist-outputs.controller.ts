import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { type Tier, type WorkReason, workReasons } from './work-item';

export class ProtocolPin {
  @ApiProperty()
  id!: string; // filled from the item; so for every field of these classes

  @ApiProperty({ type: 'integer' })
  version!: number; // see above
}

export class WorkItemOutput {
  @ApiProperty({ format: 'uuid' })
  id!: string; // see above

  @ApiProperty({ format: 'uuid' })
  pathwayId!: string; // see above

  @ApiProperty({ format: 'uuid' })
  patientId!: string; // see above

  @ApiProperty({ type: ProtocolPin })
  protocol!: ProtocolPin; // see above

  @ApiProperty({ enum: workReasons })
  reason!: WorkReason; // see above

  @ApiProperty({ enum: [1, 2, 3, 4], description: '1 urgent, 2 today, 3 this week, 4 information.' })
  tier!: Tier; // see above

  @ApiProperty({ format: 'date-time', description: 'Since when it stands.' })
  since!: string; // see above

  @ApiPropertyOptional({ format: 'date-time' })
  deadline?: string;

  @ApiProperty({ description: 'The role it falls to.' })
  ownerRole!: string; // see above

  @ApiPropertyOptional({ format: 'uuid', description: 'Absent when nobody owns it.' })
  ownerId?: string;

  @ApiPropertyOptional({ type: [String], description: '`fact:`, `step:`, `role:` or `service:` and a code.' })
  waitsOn?: readonly string[];

  @ApiPropertyOptional()
  stepKey?: string;

  @ApiPropertyOptional()
  phase?: string;

  @ApiPropertyOptional({
    description: 'What the protocol calls the step, or its being late, in the reader’s language.',
  })
  label?: string;

  @ApiPropertyOptional({ format: 'uuid' })
  taskId?: string;

  @ApiPropertyOptional({ format: 'uuid' })
  alertId?: string;

  @ApiPropertyOptional({ description: 'Of an alert: why it was raised.' })
  code?: string;

  @ApiPropertyOptional({ description: 'Of an alert: whether somebody has seen it.' })
  acknowledged?: boolean;

  @ApiPropertyOptional({ type: [String], description: 'Results to acknowledge, newest first, at most 50.' })
  factIds?: readonly string[];

  @ApiPropertyOptional({ type: 'integer', description: 'How many results there are.' })
  count?: number;
}

export class WorkPage {
  @ApiProperty({ type: [WorkItemOutput] })
  items!: readonly WorkItemOutput[]; // see above

  @ApiPropertyOptional({ description: 'The cursor of the next page; absent on the last.' })
  next?: string;
}

const count = { type: 'integer', minimum: 0 } as const;
const counts = (names: readonly string[]) => ({
  type: 'object' as const,
  properties: Object.fromEntries(names.map((name) => [name, count])),
  required: [...names],
});

export class WorkCountersOutput {
  @ApiProperty({ ...count, description: 'As long as the list of the same filter.' })
  total!: number; // see above

  @ApiProperty({ ...counts(workReasons), description: 'As long as the list with this reason in place of its own.' })
  reasons!: Readonly<Record<WorkReason, number>>; // see above

  @ApiProperty({ ...counts(['1', '2', '3', '4']), description: 'As long as the list with this tier.' })
  tiers!: Readonly<Record<Tier, number>>; // see above

  @ApiProperty({ ...counts(['me', 'nobody', 'others']), description: 'As long as the list with this owner.' })
  owners!: Readonly<Record<'me' | 'nobody' | 'others', number>>; // see above
}

export class BulkResult {
  @ApiProperty({ format: 'uuid' })
  id!: string; // see above

  @ApiProperty({ enum: ['ok', 'refused'] })
  result!: 'ok' | 'refused'; // see above

  @ApiPropertyOptional({ description: 'The refusal’s code, as of a problem.' })
  code?: string;
}

export class BulkOutput {
  @ApiProperty({ type: [BulkResult], description: 'In the order of the ids.' })
  items!: readonly BulkResult[]; // see above
}

export class ReassignOutput extends BulkOutput {
  @ApiPropertyOptional({ description: 'The cursor for those that are left; absent when there are none.' })
  next?: string;
}

export class AcknowledgedOutput {
  @ApiProperty({ format: 'uuid' })
  id!: string; // see above

  @ApiProperty({ type: 'integer' })
  version!: number; // see above
}

export class TaskOutput {
  @ApiProperty({ format: 'uuid' })
  id!: string; // see above

  @ApiProperty({ type: 'integer' })
  version!: number; // see above

  @ApiProperty({ format: 'uuid' })
  pathwayId!: string; // see above

  @ApiProperty({ format: 'uuid' })
  patientId!: string; // see above

  @ApiProperty({ enum: ['task', 'questionnaire', 'document'] })
  kind!: string; // see above

  @ApiProperty()
  stepKey!: string; // see above

  @ApiProperty({ description: 'The protocol’s label, in French.' })
  title!: string; // see above

  @ApiProperty()
  role!: string; // see above

  @ApiPropertyOptional({ format: 'uuid' })
  ownerId?: string;

  @ApiPropertyOptional({ format: 'date-time' })
  dueAt?: string;

  @ApiProperty({ type: [String], description: 'Those the step declares; one of them is said when it is done.' })
  outcomes!: readonly string[]; // see above

  @ApiProperty({ enum: ['open', 'done', 'cancelled'] })
  status!: string; // see above

  @ApiPropertyOptional({ format: 'uuid' })
  doneBy?: string;

  @ApiPropertyOptional({ format: 'date-time' })
  doneAt?: string;

  @ApiPropertyOptional()
  outcome?: string;

  @ApiPropertyOptional({ description: 'Why it was cancelled.' })
  reason?: string;
}

export class TaskPage {
  @ApiProperty({ type: [TaskOutput] })
  items!: readonly TaskOutput[]; // see above

  @ApiPropertyOptional({ description: 'The cursor of the next page; absent on the last.' })
  next?: string;
}

export class TaskStatusOutput {
  @ApiProperty({ format: 'uuid' })
  id!: string; // see above

  @ApiProperty({ type: 'integer' })
  version!: number; // see above

  @ApiProperty({ enum: ['open', 'done', 'cancelled'] })
  status!: string; // see above
}
