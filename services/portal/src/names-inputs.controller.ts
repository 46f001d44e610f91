import { IsId } from '@ariane/service';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, IsArray } from 'class-validator';

/** What one screen shows. */
const NAMES_MAX = 200;

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
}
