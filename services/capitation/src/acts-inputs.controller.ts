import { IsCode, IsId, IsInstant } from '@ariane/service';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, Length, Matches } from 'class-validator';
import type { Guard } from './guard';

const account = /^(assets|liabilities|income|expenses|memo):[\w:.-]{1,180}$/;
const amount = /^-?\d{1,13}\.\d{2}$/;
const guards = ['NO_DEBIT_BALANCE', 'NO_CREDIT_BALANCE'] as const;

export class PromiseBody {
  @ApiProperty()
  @IsId()
  id!: string; /* filled by the pipe */

  @ApiProperty({ example: 'hospital-a' })
  @IsString()
  @Length(1, 80)
  book!: string; /* filled by the pipe */

  @ApiProperty({ example: 'INSTALMENT_DUE' })
  @IsCode()
  code!: string; /* filled by the pipe */

  @ApiProperty()
  @Matches(account)
  debit!: string; /* filled by the pipe */

  @ApiProperty()
  @Matches(account)
  credit!: string; /* filled by the pipe */

  @ApiProperty({ example: '106666.67' })
  @Matches(amount)
  amount!: string; /* filled by the pipe */

  @ApiProperty({ description: 'When it is true.' })
  @IsInstant()
  effectiveAt!: string; /* filled by the pipe */

  @ApiProperty({ description: 'When it should be resolved.' })
  @IsInstant()
  dueAt!: string; /* filled by the pipe */

  @ApiProperty({ description: 'From when it may be voided by anybody.' })
  @IsInstant()
  expiresAt!: string; /* filled by the pipe */
}

export class Fulfilment {
  @ApiPropertyOptional({ description: 'A part of it; without, all.' })
  @IsOptional()
  @Matches(amount)
  amount?: string;

  @ApiProperty()
  @IsInstant()
  effectiveAt!: string; /* filled by the pipe */
}

export class GuardBody {
  @ApiProperty()
  @Matches(account)
  account!: string; /* filled by the pipe */

  @ApiProperty({ enum: guards })
  @IsIn(guards)
  guard!: Guard; /* filled by the pipe */
}

export class Contest {
  @ApiProperty()
  @IsId()
  id!: string; /* filled by the pipe */

  @ApiProperty()
  @IsString()
  @Length(1, 200)
  entryId!: string; /* filled by the pipe */

  @ApiProperty({ example: 'prac:gp-204' })
  @IsString()
  @Length(1, 80)
  party!: string; /* filled by the pipe */

  @ApiProperty()
  @IsString()
  @Length(3, 2000)
  reason!: string; /* filled by the pipe */
}

export class AnswerBody {
  @ApiProperty()
  @IsString()
  @Length(3, 2000)
  answer!: string; /* filled by the pipe */
}

export class Decision {
  @ApiProperty({ enum: ['UPHELD', 'REJECTED'] })
  @IsIn(['UPHELD', 'REJECTED'])
  outcome!: 'UPHELD' | 'REJECTED'; /* filled by the pipe */

  @ApiPropertyOptional({
    description: 'What the party gets more, or less below zero; absent where the source was corrected.',
  })
  @IsOptional()
  @Matches(amount)
  amount?: string;
}

export class DisputesQuery {
  @ApiPropertyOptional({ description: 'Those of one entry, in whatever state.' })
  @IsOptional()
  @IsString()
  @Length(1, 200)
  entry?: string;

  @ApiPropertyOptional({
    enum: ['true', 'false'],
    description: 'Those that are decided in the place of those that are open.',
  })
  @IsOptional()
  @IsIn(['true', 'false'])
  decided?: 'true' | 'false';
}
