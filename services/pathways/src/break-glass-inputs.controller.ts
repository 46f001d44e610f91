import { IsId, PageQuery } from '@ariane/service';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, MaxLength, MinLength } from 'class-validator';
import { type BreakGlassOutcome, breakGlassOutcomes, type BreakGlassReason, breakGlassReasons } from './break-glass';

const statuses = ['to-review', 'reviewed'] as const;

export class BreakGlassInput {
  @ApiProperty({ format: 'uuid', description: 'Made by the caller.' })
  @IsId()
  id!: string; // class-validator fills it; so for every field of these classes

  @ApiProperty({ enum: breakGlassReasons })
  @IsIn(breakGlassReasons)
  reason!: BreakGlassReason; // see above

  @ApiProperty({ minLength: 10, maxLength: 2000, description: 'Why, in one’s own words: read by whoever reviews it.' })
  @IsString()
  @MinLength(10)
  @MaxLength(2_000)
  text!: string; // see above
}

export class ReviewInput {
  @ApiProperty({ enum: breakGlassOutcomes })
  @IsIn(breakGlassOutcomes)
  outcome!: BreakGlassOutcome; // see above

  @ApiPropertyOptional({ minLength: 1, maxLength: 2000 })
  @IsOptional()
  @IsString()
  @MinLength(1)
  @MaxLength(2_000)
  note?: string;
}

export class BreakGlassQuery extends PageQuery {
  @ApiPropertyOptional({ enum: statuses })
  @IsOptional()
  @IsIn(statuses)
  status?: (typeof statuses)[number];
}
