import { DomainError } from '@ariane/kernel';
import type { Listed, Participant, PlannedCase } from './case-state';
import { type Attendee, attendeeOn, type Quorum, quorumOf } from './quorum';

/** The attendees as the directory knows them on the meeting's day, each person once. @throws PRACTITIONER_UNKNOWN */
export function attendeesOf(
  { meeting }: Pick<PlannedCase, 'meeting'>,
  attendance: PlannedCase['attendance'],
  directory: readonly Listed[],
): Attendee[] {
  const seen = new Set<string>();
  return attendance.flatMap(({ practitionerId, mode }, index) => {
    if (seen.has(practitionerId)) return [];
    seen.add(practitionerId);
    const listed = directory.find((one) => one.practitionerId === practitionerId);
    if (listed === undefined) {
      throw new DomainError('PRACTITIONER_UNKNOWN', {}, `attendees.${index}.practitionerId`);
    }
    return [attendeeOn(meeting.day, practitionerId, mode, listed.exercises)];
  });
}

export const quorumFor = ({ meeting }: Pick<PlannedCase, 'meeting'>, attendees: readonly Attendee[]): Quorum =>
  quorumOf(attendees, meeting.requiredSpecialties);

export const participantsOf = (attendees: readonly Attendee[], { counted }: Quorum): Participant[] =>
  attendees.map(({ practitionerId, mode, otherwise }) => ({
    practitionerId,
    specialty: counted.get(practitionerId) ?? otherwise,
    mode,
  }));
