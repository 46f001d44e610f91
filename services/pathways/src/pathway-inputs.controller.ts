import { IsCode, IsId, IsInstant, PageQuery } from '@ariane/service';
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
  Max,
  MaxLength,
  Min,
  registerDecorator,
  ValidateNested,
  type ValidationOptions,
} from 'class-validator';
import { grounds } from './care-team';

/** Facts of a patient taken over: years of weekly questionnaires fit; one unit of the write path holds them. */
const HISTORY_MAX = 500;

/** What `file` reads: each has a route of its own as well. */
const fileParts = ['plan', 'timeline', 'tasks', 'alerts', 'requests'] as const;
export type FilePart = (typeof fileParts)[number];

const statuses = ['ACTIVE', 'COMPLETED', 'DIED', 'REFUSED', 'TRANSFERRED', 'EXCLUDED'] as const;

/** What a fact may hold: a number, true or false, or a short text. */
function IsFactValue(options?: ValidationOptions): PropertyDecorator {
  return (target, propertyName) => {
    registerDecorator({
      name: 'isFactValue',
      target: target.constructor,
      propertyName: String(propertyName),
      options,
      validator: {
        validate: (value: unknown) =>
          typeof value === 'boolean' ||
          (typeof value === 'number' && Number.isFinite(value)) ||
          (typeof value === 'string' && value.length > 0 && value.length <= 200),
      },
    });
  };
}

export class MemberInput {
  @ApiProperty({ format: 'uuid' })
  @IsId()
  practitionerId!: string; // class-validator fills it; so for every field of these classes

  @ApiProperty({ maxLength: 64, description: 'A role of the protocol (`IDEC`, `SUR`), or `coordinator`.' })
  @IsCode()
  role!: string; // see above

  @ApiProperty({ enum: grounds, description: 'One of the three cases of L. 1110-12.' })
  @IsIn(grounds)
  ground!: string; // see above
}

export class LeaveInput {
  @ApiProperty({ format: 'uuid' })
  @IsId()
  practitionerId!: string; // see above

  @ApiProperty({ maxLength: 64 })
  @IsCode()
  role!: string; // see above
}

export class EnrolInput {
  @ApiProperty({ format: 'uuid', description: 'Made by the caller.' })
  @IsId()
  id!: string; // see above

  @ApiProperty({ format: 'uuid' })
  @IsId()
  patientId!: string; // see above

  @ApiProperty({ maxLength: 64, example: 'breast-cancer' })
  @IsCode()
  protocolId!: string; // see above

  @ApiPropertyOptional({ type: 'integer', minimum: 1, description: 'The newest unless said.' })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(10_000)
  protocolVersion?: number;

  @ApiPropertyOptional({ maxLength: 64, description: 'The last activated that pays this protocol, unless said.' })
  @IsOptional()
  @IsCode()
  paymentContractId?: string;

  @ApiProperty({ type: [MemberInput], minItems: 1, maxItems: 60 })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(60)
  @ValidateNested({ each: true })
  @Type(() => MemberInput)
  careTeam!: MemberInput[]; // see above

  @ApiPropertyOptional({
    format: 'date-time',
    description: 'When care began, for a patient taken over from before; now unless said.',
  })
  @IsOptional()
  @IsInstant()
  begunAt?: string;

  @ApiPropertyOptional({
    type: () => [FactInput],
    maxItems: HISTORY_MAX,
    description: 'What was done before, with its dates: also visits, opinions and decisions, each with its step.',
  })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(HISTORY_MAX)
  @ValidateNested({ each: true })
  @Type(() => FactInput)
  history?: FactInput[];
}

export class FactInput {
  @ApiProperty({ format: 'uuid', description: 'Made by the caller; the same fact again is one fact.' })
  @IsId()
  factId!: string; // see above

  @ApiProperty({ maxLength: 64, example: 'biopsy.result' })
  @IsCode()
  code!: string; // see above

  @ApiPropertyOptional({ oneOf: [{ type: 'string', maxLength: 200 }, { type: 'number' }, { type: 'boolean' }] })
  @IsOptional()
  @IsFactValue()
  value?: string | number | boolean;

  @ApiPropertyOptional({ maxLength: 40, description: 'UCUM.' })
  @IsOptional()
  @IsString()
  @MaxLength(40)
  unit?: string;

  @ApiProperty({ format: 'date-time', description: 'When it became true in the world.' })
  @IsInstant()
  at!: string; // see above

  @ApiPropertyOptional({ maxLength: 120, example: 'chemo-cycle#3' })
  @IsOptional()
  @IsString()
  @MaxLength(120)
  stepKey?: string;
}

export class FileQuery {
  @ApiProperty({ isArray: true, enum: fileParts, description: 'Which parts, each named once.' })
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? [value] : value))
  @IsArray()
  @ArrayMinSize(1)
  @ArrayUnique()
  @IsIn(fileParts, { each: true })
  part!: FilePart[]; // see above
}

export class PathwaysQuery extends PageQuery {
  @ApiPropertyOptional({ format: 'uuid' })
  @IsOptional()
  @IsId()
  patientId?: string;

  @ApiPropertyOptional({ enum: statuses })
  @IsOptional()
  @IsIn(statuses)
  status?: string;
}
