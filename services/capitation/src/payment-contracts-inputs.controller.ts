import { monthPattern } from '@ariane/kernel';
import { IsCode, IsInstant } from '@ariane/service';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsObject, IsOptional, IsString, Length, Matches, MaxLength } from 'class-validator';

const dayPattern = /^\d{4}-\d{2}-\d{2}$/;

export class Activation {
  @ApiPropertyOptional({ description: 'Who approves; by default the person who is signed in.' })
  @IsOptional()
  @IsString()
  @Length(1, 128)
  approvedBy?: string;

  @ApiPropertyOptional({ description: 'The hash of the dry run’s report, as read: `POST …/dry-runs` makes it.' })
  @IsOptional()
  @Matches(/^[0-9a-f]{64}$/)
  dryRun?: string;

  @ApiPropertyOptional({ description: 'The book it posts to; by default its holder’s.' })
  @IsOptional()
  @IsCode()
  bookId?: string;
}

export class DryRunBody {
  @ApiPropertyOptional({ description: 'Whose real inputs; by default those of the last month that has any.' })
  @IsOptional()
  @Matches(monthPattern)
  month?: string;
}

export class Suspension {
  @ApiProperty({ description: 'The first civil day that is not paid.', example: '2026-06-11' })
  @Matches(dayPattern)
  from!: string; /* filled by the pipe */

  @ApiPropertyOptional({ description: 'The first day paid again; until then it is open. The same as `from`: lifted.' })
  @IsOptional()
  @Matches(dayPattern)
  to?: string;
}

export class Ending {
  @ApiProperty({ description: 'The first civil day that is no longer paid.', example: '2026-10-01' })
  @Matches(dayPattern)
  endsOn!: string; /* filled by the pipe */
}

export class FactsByHand {
  @ApiProperty({ description: 'Whom or what the facts are about; stands in the books by a pseudonym only.' })
  @IsString()
  @Length(1, 128)
  subject!: string; /* filled by the pipe */

  @ApiProperty({
    description: 'The facts, in the form of the contract’s examples.',
    type: 'object',
    additionalProperties: true,
  })
  @IsObject()
  given!: Record<string, unknown>; /* filled by the pipe */

  @ApiPropertyOptional({ description: 'When the amounts are true; by default now.' })
  @IsOptional()
  @IsInstant()
  @MaxLength(40)
  effectiveAt?: string;
}
