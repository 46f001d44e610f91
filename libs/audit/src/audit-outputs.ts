import { IsId, IsInstant, PageQuery } from '@ariane/service';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString, MaxLength } from 'class-validator';

export class EntriesQuery extends PageQuery {
  @ApiPropertyOptional({ description: 'The subject of a person’s token.', maxLength: 200 })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  actor?: string;

  @ApiPropertyOptional({ format: 'uuid' })
  @IsOptional()
  @IsId()
  patient?: string;

  @ApiPropertyOptional({ format: 'date-time' })
  @IsOptional()
  @IsInstant()
  from?: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'Excluded.' })
  @IsOptional()
  @IsInstant()
  to?: string;
}

class WhoOutput {
  @ApiProperty({ description: 'The directory’s id, else as the token names them.' }) id!: string; // a description
  @ApiPropertyOptional({ description: 'Where the service has a directory.' }) name?: string;
  @ApiPropertyOptional({ description: 'In plain words.' }) role?: string;
}

class ActOutput {
  @ApiProperty({ example: 'a consulté votre parcours' }) what!: string; // a description
  @ApiProperty({ example: 'fait partie de votre équipe de soins' }) why!: string; // a description
  @ApiProperty({ type: 'integer' }) count!: number; // a description
}

class AccessOutput {
  @ApiProperty({ format: 'date' }) day!: string; // a description
  @ApiProperty() who!: WhoOutput; // a description
  @ApiProperty({ type: 'integer', description: 'Of all acts of that day.' }) count!: number; // a description
  @ApiProperty({ format: 'date-time' }) firstAt!: string; // a description
  @ApiProperty({ format: 'date-time' }) lastAt!: string; // a description
  @ApiProperty({ type: [ActOutput] }) acts!: ActOutput[]; // a description
}

export class AccessPage {
  @ApiProperty({ type: [AccessOutput] }) items!: AccessOutput[]; // a description
  @ApiPropertyOptional() next?: string;
}

class FaultOutput {
  @ApiProperty({ type: 'integer' }) seq!: number; // a description
  @ApiProperty({ type: String, nullable: true }) id!: string | null; // a description
  @ApiProperty({ enum: ['changed', 'missing', 'misplaced', 'inserted', 'unsigned'] }) reason!: string; // a description
}

export class VerifiedOutput {
  @ApiProperty() good!: boolean; // a description
  @ApiProperty({ type: 'integer' }) documents!: number; // a description
  @ApiProperty({ type: 'integer' }) heads!: number; // a description
  @ApiProperty({ type: 'integer' }) unsealed!: number; // a description
  @ApiPropertyOptional() fault?: FaultOutput;
}
