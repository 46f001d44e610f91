import { IsId } from '@ariane/service';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, IsArray, IsString, MaxLength } from 'class-validator';

/** What one screen shows. */
const NAMES_MAX = 200;
/** Longer than any subject, and than `person:` before it. */
const SUBJECT_MAX = 200;

export class NamesInput {
  @ApiPropertyOptional({ type: [String], format: 'uuid', maxItems: NAMES_MAX })
  @IsArray()
  @ArrayMaxSize(NAMES_MAX)
  @IsId({ each: true })
  patients: string[] = [];

  @ApiPropertyOptional({ type: [String], format: 'uuid', maxItems: NAMES_MAX })
  @IsArray()
  @ArrayMaxSize(NAMES_MAX)
  @IsId({ each: true })
  practitioners: string[] = [];

  @ApiPropertyOptional({ type: [String], format: 'uuid', maxItems: NAMES_MAX })
  @IsArray()
  @ArrayMaxSize(NAMES_MAX)
  @IsId({ each: true })
  organisations: string[] = [];

  @ApiPropertyOptional({
    ...{ type: 'array', maxItems: NAMES_MAX, items: { type: 'string', maxLength: SUBJECT_MAX } },
    description: 'Who acted, as the services write it: `person:` and a subject, or the subject alone.',
  })
  @IsArray()
  @ArrayMaxSize(NAMES_MAX)
  @IsString({ each: true })
  @MaxLength(SUBJECT_MAX, { each: true })
  accounts: string[] = [];
}
