import { IsCivilDate, IsCode, IsId } from '@ariane/service';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Length,
  Max,
  Min,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { type AddedStep, addedKinds, type WantedDays } from './plan-change';

const REASON_MIN = 3;
const REASON_MAX = 500;

export class ReasonInput {
  @ApiProperty({ minLength: REASON_MIN, maxLength: REASON_MAX, description: 'Why, for who reads the plan later.' })
  @IsString()
  @Length(REASON_MIN, REASON_MAX)
  reason!: string; // class-validator fills it; so for every field of these classes
}

class ChangeInput extends ReasonInput {
  @ApiProperty({ format: 'uuid', description: 'Made by the caller; by it the change can be taken back.' })
  @IsId()
  changeId!: string; // see above
}

class DatedChangeInput extends ChangeInput {
  @ApiPropertyOptional({ format: 'date', description: 'Nothing is asked before this civil day.' })
  @IsOptional()
  @IsCivilDate()
  from?: string;

  @ApiPropertyOptional({ format: 'date', description: 'By when it should be done.' })
  @IsOptional()
  @IsCivilDate()
  target?: string;

  @ApiProperty({ format: 'date', description: 'By when it must be done: late afterwards.' })
  @IsCivilDate()
  latest!: string; // see above
}

export class SkipInput extends ChangeInput {
  @ApiProperty({ minLength: 1, maxLength: 120, example: 'chemo-cycle#3' })
  @IsString()
  @Length(1, 120)
  stepKey!: string; // see above
}

export class SharedWith {
  @ApiProperty({ format: 'uuid', description: 'Another pathway of the same patient.' })
  @IsId()
  pathwayId!: string; // see above

  @ApiProperty({ minLength: 1, maxLength: 120, example: 'staging' })
  @IsString()
  @Length(1, 120)
  stepKey!: string; // see above
}

export class ShareInput extends SkipInput {
  @ApiProperty({ type: SharedWith, description: 'Whose visit or questionnaire does for both.' })
  @ValidateNested()
  @Type(() => SharedWith)
  with!: SharedWith; // see above
}

export class DatedStepInput extends DatedChangeInput {
  @ApiProperty({ minLength: 1, maxLength: 120, example: 'chemo-cycle#3' })
  @IsString()
  @Length(1, 120)
  stepKey!: string; // see above
}

const of =
  (...kinds: readonly string[]) =>
  (input: { readonly kind?: unknown }) =>
    kinds.some((kind) => kind === input.kind);

export class AddStepInput extends DatedChangeInput {
  @ApiProperty({ enum: addedKinds })
  @IsIn(addedKinds)
  kind!: (typeof addedKinds)[number]; // see above

  @ApiProperty({ minLength: 1, maxLength: 120, description: 'For professionals; the patient reads a neutral one.' })
  @IsString()
  @Length(1, 120)
  label!: string; // see above

  @ApiProperty({ maxLength: 64, description: 'A role of the protocol, or `coordinator`.' })
  @IsCode()
  role!: string; // see above

  @ApiPropertyOptional({ maxLength: 64, description: 'An appointment: as calendars name the visit.' })
  @ValidateIf(of('appointment'))
  @IsCode()
  visitKind?: string;

  @ApiPropertyOptional({ type: 'integer', minimum: 5, maximum: 600, description: 'An appointment: its minutes.' })
  @ValidateIf(of('appointment'))
  @IsInt()
  @Min(5)
  @Max(600)
  durationMinutes?: number;

  @ApiPropertyOptional({ enum: ['auto', 'propose'], default: 'propose' })
  @IsOptional()
  @IsIn(['auto', 'propose'])
  booking?: 'auto' | 'propose';

  @ApiPropertyOptional({ enum: ['on-site', 'tele'] })
  @IsOptional()
  @IsIn(['on-site', 'tele'])
  mode?: 'on-site' | 'tele';

  @ApiPropertyOptional({ maxLength: 64, description: 'Which questionnaire.' })
  @ValidateIf(of('questionnaire'))
  @IsCode()
  questionnaire?: string;

  @ApiPropertyOptional({ maxLength: 64, description: 'A tele-expertise: whose opinion.' })
  @ValidateIf(of('tele-expertise'))
  @IsCode()
  specialty?: string;

  @ApiPropertyOptional({ minLength: 5, maxLength: 2000, description: 'A tele-expertise: what is asked.' })
  @ValidateIf(of('tele-expertise'))
  @IsString()
  @Length(5, 2_000)
  question?: string;

  @ApiPropertyOptional({ maxLength: 64, description: 'Which meeting.' })
  @ValidateIf(of('meeting'))
  @IsCode()
  meetingType?: string;

  @ApiPropertyOptional({ type: [String], minItems: 1, maxItems: 20, description: 'A meeting: who must be there.' })
  @ValidateIf(of('meeting'))
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(20)
  @IsCode({ each: true })
  requiredSpecialties?: string[];
}

export const daysOf = ({ from, target, latest }: DatedChangeInput): WantedDays => ({
  ...(from === undefined ? {} : { from }),
  ...(target === undefined ? {} : { target }),
  latest,
});

/** What each kind needs was checked with the input; the defaults stand for what it does not need. */
export function addedStepOf(input: AddStepInput): AddedStep {
  const { kind, label, role, mode } = input;
  const common = { label, role };
  switch (kind) {
    case 'task':
      return { ...common, kind };
    case 'appointment': {
      const { visitKind = '', durationMinutes = 0, booking = 'propose' } = input;
      return { ...common, kind, visitKind, durationMinutes, booking, ...(mode === undefined ? {} : { mode }) };
    }
    case 'questionnaire':
      return { ...common, kind, questionnaire: input.questionnaire ?? '' };
    case 'tele-expertise':
      return { ...common, kind, specialty: input.specialty ?? '', question: input.question ?? '' };
    case 'meeting':
      return {
        ...common,
        kind,
        meetingType: input.meetingType ?? '',
        requiredSpecialties: input.requiredSpecialties ?? [],
      };
  }
}
