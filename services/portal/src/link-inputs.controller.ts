import { IsId, IsInstant } from '@ariane/service';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsOptional, IsString, Length, Matches } from 'class-validator';
import type { Channel, Holder } from './patient-link';

const channels: readonly Channel[] = ['email', 'sms'];
export const languages = ['fr', 'en'] as const;
const kinds: readonly Holder['kind'][] = ['patient', 'trusted-person', 'carer', 'practitioner'];

/** An e-mail address or a telephone number with its country, as a gateway takes it. */
const addressLike = /^([^\s@]{1,64}@[^\s@]{1,180}\.[^\s@]{2,10}|\+?[0-9 .]{9,20})$/;

export class NewLinkInput {
  @ApiProperty({ format: 'uuid', description: 'Chosen by the caller.' })
  @IsId()
  id!: string; // class-validator fills it; so for every field of these classes

  @ApiProperty({ format: 'uuid' })
  @IsId()
  patientId!: string; // see above

  @ApiPropertyOptional({ format: 'uuid', description: 'The pathway whose plan is shared with somebody in town.' })
  @IsOptional()
  @IsId()
  pathwayId?: string;

  @ApiProperty({ enum: kinds })
  @IsIn(kinds)
  holder!: Holder['kind']; // see above

  @ApiPropertyOptional({ maxLength: 120, description: 'Of a trusted person or a carer.' })
  @IsOptional()
  @IsString()
  @Length(1, 120)
  name?: string;

  @ApiPropertyOptional({ format: 'uuid', description: 'Of a professional of the directory.' })
  @IsOptional()
  @IsId()
  practitionerId?: string;

  @ApiProperty({ enum: channels })
  @IsIn(channels)
  channel!: Channel; // see above

  @ApiProperty({ description: 'E-mail address or telephone number.' })
  @Matches(addressLike)
  address!: string; // see above

  @ApiProperty({ enum: languages })
  @IsIn(languages)
  language!: (typeof languages)[number]; // see above

  @ApiPropertyOptional({ format: 'date-time', description: 'The end of the relation; in 180 days where absent.' })
  @IsOptional()
  @IsInstant()
  until?: string;
}

export class LinksQuery {
  @ApiProperty({ format: 'uuid' })
  @IsId()
  patientId!: string; // see above
}

export class PreferencesInput {
  @ApiProperty({ enum: channels })
  @IsIn(channels)
  channel!: Channel; // see above

  @ApiProperty({ enum: languages })
  @IsIn(languages)
  language!: (typeof languages)[number]; // see above

  @ApiProperty({ type: 'boolean', description: 'Whether appointments are written about.' })
  @IsBoolean()
  wantsReminders!: boolean; // see above
}

export class DraftInput {
  @ApiProperty({ maxLength: 2_000, description: 'What has been typed so far; empty to forget it.' })
  @IsString()
  @Length(0, 2_000)
  text!: string; // see above
}
