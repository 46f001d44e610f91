import { IsCivilDate, IsCode, IsId, IsInstant } from '@ariane/service';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsNumber,
  IsOptional,
  IsString,
  MaxLength,
  MinLength,
  ValidateNested,
} from 'class-validator';
import { patientSystems } from './identifiers';
import type { Sex } from './patient';

const sexes: readonly Sex[] = ['male', 'female', 'unknown'];

export class IdentifierInput {
  @ApiProperty({ enum: patientSystems, maxLength: 200 })
  @IsString()
  @MaxLength(200)
  @IsIn(patientSystems)
  system!: string; // class-validator fills it; so for every field of these classes

  @ApiProperty({ maxLength: 64, example: 'A-0001-96' })
  @IsString()
  @MinLength(1)
  @MaxLength(64)
  value!: string; // see above
}

export class TraitsInput {
  @ApiProperty({ minLength: 1, maxLength: 120 })
  @IsString()
  @MinLength(1)
  @MaxLength(120)
  familyName!: string; // see above

  @ApiProperty({ type: [String], minItems: 1, maxItems: 10 })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(10)
  @IsString({ each: true })
  @MaxLength(120, { each: true })
  givenNames!: string[]; // see above

  @ApiProperty({ format: 'date' })
  @IsCivilDate()
  birthDate!: string; // see above

  @ApiProperty({ enum: sexes, description: 'Administrative sex.' })
  @IsIn(sexes)
  sex!: Sex; // see above

  @ApiProperty({ maxLength: 10, example: 'fr' })
  @IsString()
  @MinLength(2)
  @MaxLength(10)
  language!: string; // see above

  @ApiProperty({ type: [IdentifierInput], maxItems: 10 })
  @IsArray()
  @ArrayMaxSize(10)
  @ValidateNested({ each: true })
  @Type(() => IdentifierInput)
  identifiers!: IdentifierInput[]; // see above
}

export class RegisterPatientInput extends TraitsInput {
  @ApiProperty({ format: 'uuid', description: 'Made by the caller.' })
  @IsId()
  id!: string; // see above
}

export class ConditionInput {
  @ApiProperty({ format: 'uuid' })
  @IsId()
  id!: string; // see above

  @ApiProperty({ maxLength: 64, example: 'CIM-10' })
  @IsCode()
  system!: string; // see above

  @ApiProperty({ maxLength: 64, example: 'C50.9' })
  @IsCode()
  code!: string; // see above

  @ApiPropertyOptional({ maxLength: 32, description: 'As known: a year, a month, a day or an instant.' })
  @IsOptional()
  @IsString()
  @MaxLength(32)
  onset?: string;
}

export class MeasurementInput {
  @ApiProperty({ format: 'uuid' })
  @IsId()
  id!: string; // see above

  @ApiProperty({ maxLength: 64, example: '14682-9', description: 'LOINC.' })
  @IsCode()
  code!: string; // see above

  @ApiProperty({ type: 'number' })
  @IsNumber({ allowNaN: false, allowInfinity: false })
  value!: number; // see above

  @ApiProperty({ maxLength: 40, example: 'umol/L', description: 'UCUM, as given; nothing is converted.' })
  @IsString()
  @MinLength(1)
  @MaxLength(40)
  unit!: string; // see above

  @ApiProperty({ format: 'date-time' })
  @IsInstant()
  measuredAt!: string; // see above
}

export class SearchPatientsInput {
  @ApiPropertyOptional({ minLength: 2, maxLength: 120, description: 'Fragments of names, in any order.' })
  @IsOptional()
  @IsString()
  @MinLength(2)
  @MaxLength(120)
  name?: string;

  @ApiPropertyOptional({ format: 'date', description: 'Alone, or with a fragment of the names.' })
  @IsOptional()
  @IsCivilDate()
  birthDate?: string;

  @ApiPropertyOptional({ type: IdentifierInput, description: 'Or an identifier, whole.' })
  @IsOptional()
  @ValidateNested()
  @Type(() => IdentifierInput)
  identifier?: IdentifierInput;
}

export class FoundPatient {
  @ApiProperty({ format: 'uuid' })
  id!: string; // filled from the index; so for every field of these classes

  @ApiProperty()
  familyName!: string; // see above

  @ApiProperty({ type: [String] })
  givenNames!: readonly string[]; // see above

  @ApiProperty({ format: 'date' })
  birthDate!: string; // see above

  @ApiProperty({ enum: sexes })
  sex!: string; // see above
}

export class FoundPatients {
  @ApiProperty({ type: [FoundPatient], maxItems: 50, description: 'By name, then birth date.' })
  items!: readonly FoundPatient[]; // see above
}
