import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { decisionKinds, deferralReasons, deviations, orientations, sides } from './decision-codes';
import { places } from './meeting';
import { attendanceModes } from './quorum';

// What the API shows; the values are plain data, these classes are their description.

class ParticipantView {
  @ApiProperty({ format: 'uuid' }) practitionerId!: string; // a description
  @ApiProperty({ description: 'The specialty counted, else the role, else none.' }) specialty!: string; // a description
  @ApiProperty({ enum: attendanceModes }) mode!: string; // a description
}

class AttendanceView {
  @ApiProperty({ format: 'uuid' }) practitionerId!: string; // a description
  @ApiProperty({ enum: attendanceModes }) mode!: string; // a description
}

class QuorumShown {
  @ApiProperty() met!: boolean; // a description
  @ApiProperty({ type: [String] }) missing!: string[]; // a description
  @ApiProperty({ type: [ParticipantView] }) participants!: ParticipantView[]; // a description
}

class MeetingOnAgendaView {
  @ApiProperty({ format: 'uuid' }) meetingId!: string; // a description
  @ApiProperty({ format: 'date-time' }) startsAt!: string; // a description
  @ApiProperty({ format: 'date' }) day!: string; // a description
  @ApiProperty({ type: [String] }) requiredSpecialties!: string[]; // a description
}

class ConformityView {
  @ApiProperty() reference!: string; // a description
  @ApiProperty() version!: string; // a description
  @ApiProperty() conforms!: boolean; // a description
  @ApiPropertyOptional() justification?: string;
}

/** A case. Which of the last fields there are depends on the status. */
export class CaseView {
  @ApiProperty({ format: 'uuid' }) id!: string; // a description
  @ApiProperty({ type: 'integer', description: 'For If-Match.' }) version!: number; // a description
  @ApiProperty({ enum: ['waiting', 'planned', 'decided', 'deferred', 'withdrawn'] }) status!: string; // a description
  @ApiProperty({ format: 'uuid' }) caseId!: string; // a description
  @ApiProperty({ format: 'uuid' }) pathwayId!: string; // a description
  @ApiProperty({ format: 'uuid' }) patientId!: string; // a description
  @ApiProperty() stepKey!: string; // a description
  @ApiProperty() meetingType!: string; // a description
  @ApiProperty({ type: String, nullable: true }) question!: string | null; // a description
  @ApiProperty({ format: 'date-time' }) earliest!: string; // a description
  @ApiPropertyOptional({ format: 'date-time' }) latest?: string;
  @ApiProperty({ format: 'date-time' }) requestedAt!: string; // a description
  @ApiPropertyOptional({ enum: sides }) side?: string;
  @ApiPropertyOptional({ enum: deviations }) deviation?: string;
  @ApiPropertyOptional({ format: 'uuid' }) meetingId?: string;
  @ApiPropertyOptional({ type: MeetingOnAgendaView }) meeting?: MeetingOnAgendaView;
  @ApiPropertyOptional({ type: [AttendanceView] }) attendance?: AttendanceView[];
  @ApiPropertyOptional({ type: QuorumShown, description: 'As the directory stands now; as signed once decided.' })
  quorum?: QuorumShown;
  @ApiPropertyOptional({ enum: decisionKinds }) decision?: string;
  @ApiPropertyOptional({ enum: orientations }) orientation?: string;
  @ApiPropertyOptional({ enum: sides }) decidedSide?: string;
  @ApiPropertyOptional({ type: String, nullable: true }) text?: string | null;
  @ApiPropertyOptional({ type: ConformityView, nullable: true }) conformity?: ConformityView | null;
  @ApiPropertyOptional({ type: [ParticipantView] }) participants?: ParticipantView[];
  @ApiPropertyOptional({ format: 'uuid' }) signedBy?: string;
  @ApiPropertyOptional({ format: 'date-time' }) decidedAt?: string;
  @ApiPropertyOptional({ description: 'SHA-256 of the signed content.' }) signedSha256?: string;
  @ApiPropertyOptional({ description: 'Of a withdrawn case, or one of: ' + deferralReasons.join(', ') })
  reason?: string;
  @ApiPropertyOptional({ format: 'date-time' }) deferredAt?: string;
  @ApiPropertyOptional({ format: 'date-time' }) withdrawnAt?: string;
}

export class CasePage {
  @ApiProperty({ type: [CaseView] }) items!: CaseView[]; // a description
  @ApiPropertyOptional() next?: string;
}

export class MeetingLineView {
  @ApiProperty({ format: 'uuid' }) id!: string; // a description
  @ApiProperty({ type: 'integer' }) version!: number; // a description
  @ApiProperty({ format: 'uuid' }) meetingId!: string; // a description
  @ApiProperty() meetingType!: string; // a description
  @ApiProperty({ format: 'date-time' }) startsAt!: string; // a description
  @ApiProperty({ format: 'date' }) day!: string; // a description
  @ApiProperty() timeZone!: string; // a description
  @ApiProperty({ enum: places }) place!: string; // a description
  @ApiProperty({ type: [String] }) requiredSpecialties!: string[]; // a description
}

export class MeetingAgendaView extends MeetingLineView {
  @ApiProperty({ type: [CaseView] }) agenda!: CaseView[]; // a description
}

export class MeetingPage {
  @ApiProperty({ type: [MeetingLineView] }) items!: MeetingLineView[]; // a description
  @ApiPropertyOptional() next?: string;
}
