import { monthPattern } from '@ariane/kernel';
import { IsCivilDate } from '@ariane/service';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsObject, IsOptional, IsString, Length, Matches } from 'class-validator';

export class Attribution {
  @ApiProperty({ description: 'The payer’s number of the member; the books hold a pseudonym only.' })
  @IsString()
  @Length(1, 64)
  member!: string; /* filled by the pipe */

  @ApiProperty({ description: 'The first day, a civil day of the book’s zone.' })
  @IsCivilDate()
  from!: string; /* filled by the pipe */

  @ApiPropertyOptional({ description: 'The first day that is no more; absent while it lasts.' })
  @IsOptional()
  @IsCivilDate()
  to?: string;

  @ApiPropertyOptional({
    description: 'Values of contracts from the first day on: `{"raw":"0.613"}`.',
    type: 'object',
    additionalProperties: { type: 'string' },
  })
  @IsOptional()
  @IsObject()
  values?: Record<string, unknown>;

  @ApiPropertyOptional({ description: 'The version of what computed the values.' })
  @IsOptional()
  @IsString()
  @Length(0, 64)
  version?: string;
}

const leavingReasons = ['MOVED', 'DIED', 'CHOICE', 'PAYER'] as const;

export class Leaving {
  @ApiProperty()
  @IsString()
  @Length(1, 64)
  member!: string; /* filled by the pipe */

  @ApiProperty({ description: 'The first day that is no more.' })
  @IsCivilDate()
  on!: string; /* filled by the pipe */

  @ApiProperty({ enum: leavingReasons })
  @IsIn(leavingReasons)
  reason!: (typeof leavingReasons)[number]; /* filled by the pipe */
}

export class MemberName {
  @ApiProperty()
  @IsString()
  @Length(1, 64)
  member!: string; /* filled by the pipe */
}

export class Merger {
  @ApiProperty({ description: 'The book the members go on in.' })
  @IsString()
  @Length(1, 80)
  into!: string; /* filled by the pipe */

  @ApiProperty()
  @IsCivilDate()
  on!: string; /* filled by the pipe */
}

export class RunBody {
  @ApiPropertyOptional({
    description: 'Facts of the contract that are of no member, in the form of its examples.',
    type: 'object',
    additionalProperties: true,
  })
  @IsOptional()
  @IsObject()
  given?: Record<string, unknown>;
}

export class FileQuery {
  @ApiProperty({ enum: ['ours', 'payer'], description: '`ours` changes the roster, `payer` is compared with it.' })
  @IsIn(['ours', 'payer'])
  as!: 'ours' | 'payer'; /* filled by the pipe */

  @ApiProperty({ example: '2026-06' })
  @Matches(monthPattern)
  month!: string; /* filled by the pipe */
}
