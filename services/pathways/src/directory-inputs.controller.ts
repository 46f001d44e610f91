import { IsCivilDate, IsCode, IsId, PageQuery } from '@ariane/service';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsOptional, IsString, MaxLength, MinLength, ValidateNested } from 'class-validator';

export class ExerciseInput {
  @ApiProperty({ maxLength: 64, example: 'doctor' })
  @IsCode()
  role!: string; // class-validator fills it; so for every field of these classes

  @ApiPropertyOptional({ maxLength: 64, example: 'oncology' })
  @IsOptional()
  @IsCode()
  specialty?: string;

  @ApiPropertyOptional({ format: 'uuid' })
  @IsOptional()
  @IsId()
  organisationId?: string;

  @ApiProperty({ format: 'date' })
  @IsCivilDate()
  from!: string; // see above

  @ApiPropertyOptional({ format: 'date', description: 'The last day, included.' })
  @IsOptional()
  @IsCivilDate()
  to?: string;
}

export class PractitionerInput {
  @ApiProperty({ maxLength: 20, description: 'RPPS: 11 digits with their key.' })
  @IsString()
  @MaxLength(20)
  rpps!: string; // see above

  @ApiProperty({ minLength: 1, maxLength: 200 })
  @IsString()
  @MinLength(1)
  @MaxLength(200)
  name!: string; // see above

  @ApiProperty({ type: [ExerciseInput], maxItems: 50 })
  @IsArray()
  @ArrayMaxSize(50)
  @ValidateNested({ each: true })
  @Type(() => ExerciseInput)
  exercises!: ExerciseInput[]; // see above
}

export class OrganisationInput {
  @ApiProperty({ maxLength: 20, description: 'FINESS: 9 characters with their key.' })
  @IsString()
  @MaxLength(20)
  finess!: string; // see above

  @ApiProperty({ minLength: 1, maxLength: 200 })
  @IsString()
  @MinLength(1)
  @MaxLength(200)
  name!: string; // see above
}

export class PractitionersQuery extends PageQuery {
  @ApiPropertyOptional({ maxLength: 64 })
  @IsOptional()
  @IsCode()
  role?: string;

  @ApiPropertyOptional({ maxLength: 64 })
  @IsOptional()
  @IsCode()
  specialty?: string;
}
