import { monthPattern } from '@ariane/kernel';
import { IsCivilDate, IsCode, PageQuery } from '@ariane/service';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString, Length, Matches } from 'class-validator';
import { billedAmount } from './outside-bill';

export class WithdrawnBill {
  @ApiProperty({ description: 'The payer’s number of the bill; the books hold a pseudonym only.' })
  @IsString()
  @Length(1, 64)
  bill!: string; /* filled by the pipe */

  @ApiProperty({ description: 'The day it was received, at most today: what was received last stands.' })
  @IsCivilDate()
  receivedDate!: string; /* filled by the pipe */
}

export class BillBody extends WithdrawnBill {
  @ApiProperty({ description: 'The payer’s number of the member, as in the roster.' })
  @IsString()
  @Length(1, 64)
  member!: string; /* filled by the pipe */

  @ApiProperty({ description: 'The day of care.' })
  @IsCivilDate()
  careDate!: string; /* filled by the pipe */

  @ApiProperty({ description: 'The kind of act, as the payer codes it.' })
  @IsCode()
  act!: string; /* filled by the pipe */

  @ApiProperty({ description: 'Who gave the care; the books hold a pseudonym only.' })
  @IsString()
  @Length(1, 64)
  provider!: string; /* filled by the pipe */

  @ApiProperty({ example: '12.50' })
  @Matches(billedAmount)
  amount!: string; /* filled by the pipe */
}

export class BillsQuery extends PageQuery {
  @ApiProperty({ example: '2026-06', description: 'The month of care.' })
  @Matches(monthPattern)
  month!: string; /* filled by the pipe */
}

export class LagQuery {
  @ApiPropertyOptional({ example: '2026-06', description: 'The last month whose bills count; the last finished one.' })
  @IsOptional()
  @Matches(monthPattern)
  through?: string;

  @ApiPropertyOptional({ description: 'The contract whose parameters stand in for a history that is too short.' })
  @IsOptional()
  @IsString()
  @Length(1, 80)
  contract?: string;
}
