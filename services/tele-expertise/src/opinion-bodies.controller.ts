import { IsCode, IsId, IsInstant } from '@ariane/service';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
  ValidateNested,
} from 'class-validator';
import { type Urgency, urgencies } from './opinion-request';

/** Documents with one request; a whole file belongs elsewhere. */
const ATTACHMENTS_MAX = 50;
/** Answers that one step of a protocol tells apart. */
const CONCLUSIONS_MAX = 20;
/** 2 GiB: a large slide. */
const BYTES_MAX = 2_147_483_648;

class AttachmentBody {
  @ApiProperty({ example: 'slide', maxLength: 64, description: 'What it is; never a file name.' })
  @IsCode()
  kind!: string; // set by the validation pipe

  @ApiProperty({ pattern: '^[0-9a-f]{64}$' })
  @IsString()
  @MaxLength(64)
  @Matches(/^[0-9a-f]{64}$/)
  sha256!: string; // set by the validation pipe

  @ApiProperty({ type: 'integer', minimum: 0, maximum: BYTES_MAX })
  @IsInt()
  @Min(0)
  @Max(BYTES_MAX)
  bytes!: number; // set by the validation pipe
}

export class AskBody {
  @ApiProperty({ format: 'uuid', description: 'Made by the caller.' })
  @IsId()
  requestId!: string; // set by the validation pipe

  @ApiProperty({ format: 'uuid' })
  @IsId()
  pathwayId!: string; // set by the validation pipe

  @ApiProperty({ format: 'uuid' })
  @IsId()
  patientId!: string; // set by the validation pipe

  @ApiProperty({ example: 'second-reading', minLength: 1, maxLength: 120 })
  @IsString()
  @MinLength(1)
  @MaxLength(120)
  stepKey!: string; // set by the validation pipe

  @ApiProperty({ example: 'pathology', maxLength: 64 })
  @IsCode()
  specialty!: string; // set by the validation pipe

  @ApiPropertyOptional({ format: 'uuid', description: 'Without it the least busy expert is chosen.' })
  @IsOptional()
  @IsId()
  expertId?: string;

  @ApiProperty({
    format: 'uuid',
    description: 'The practitioner who asks; for a person who does not coordinate, themselves.',
  })
  @IsId()
  requesterId!: string; // set by the validation pipe

  @ApiPropertyOptional({ enum: urgencies, default: 'routine' })
  @IsOptional()
  @IsIn(urgencies)
  urgency: Urgency = 'routine';

  @ApiProperty({ minLength: 1, maxLength: 4000 })
  @IsString()
  @MinLength(1)
  @MaxLength(4000)
  question!: string; // set by the validation pipe

  @ApiProperty({ format: 'date-time', description: 'The request expires at this instant.' })
  @IsInstant()
  dueAt!: string; // set by the validation pipe

  @ApiPropertyOptional({ type: [AttachmentBody], maxItems: ATTACHMENTS_MAX })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(ATTACHMENTS_MAX)
  @ValidateNested({ each: true })
  @Type(() => AttachmentBody)
  attachments: AttachmentBody[] = [];

  @ApiPropertyOptional({
    type: [String],
    example: ['malignant', 'benign', 'ambiguous'],
    maxItems: CONCLUSIONS_MAX,
    description: 'The answers that the pathway goes on with.',
  })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(CONCLUSIONS_MAX)
  @IsCode({ each: true })
  conclusions?: string[];
}

export class ReasonBody {
  @ApiProperty({ example: 'not-my-field', maxLength: 64 })
  @IsCode()
  reason!: string; // set by the validation pipe
}

export class RedirectBody extends ReasonBody {
  @ApiProperty({ format: 'uuid' })
  @IsId()
  toExpertId!: string; // set by the validation pipe
}

export class AnswerBody {
  @ApiProperty({ example: 'malignant', maxLength: 64 })
  @IsCode()
  conclusion!: string; // set by the validation pipe

  @ApiProperty({ minLength: 1, maxLength: 4000 })
  @IsString()
  @MinLength(1)
  @MaxLength(4000)
  text!: string; // set by the validation pipe
}
