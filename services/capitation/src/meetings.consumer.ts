import { type EventData, Hears } from '@ariane/bus';
import { meetingsEvents, type ReceivedEvent } from '@ariane/contracts';
import type { Effect } from '@ariane/store';
import { Controller } from '@nestjs/common';
import type { Awaited } from './pathway-account';
import { hear } from './pathway-effects.store';

interface Discussion {
  readonly pathwayId: string;
  readonly caseId: string;
  readonly meetingId: string;
  readonly participants: readonly { readonly practitionerId: string }[];
}

/**
 * Who discussed a case took part, whether it was decided or deferred. The decision repeats the attendance: the source
 * is the case in its meeting, so that what comes last replaces what came before and nobody counts twice.
 */
@Controller()
export class MeetingsConsumer {
  @Hears(meetingsEvents.AttendanceRecorded)
  attended(event: EventData<typeof meetingsEvents.AttendanceRecorded>): readonly Effect[] {
    return discussed(event, event.data.recordedAt, null);
  }

  @Hears(meetingsEvents.CaseDecided)
  decided(event: EventData<typeof meetingsEvents.CaseDecided>): readonly Effect[] {
    return discussed(event, event.data.decidedAt, 'cases');
  }

  @Hears(meetingsEvents.CaseDeferred)
  deferred(event: EventData<typeof meetingsEvents.CaseDeferred>): readonly Effect[] {
    return discussed(event, event.data.deferredAt, 'cases');
  }
}

function discussed(event: ReceivedEvent<Discussion>, at: string, counts: Awaited | null): readonly Effect[] {
  const { meetingId, caseId, participants } = event.data;
  const practitionerIds = [...new Set(participants.map(({ practitionerId }) => practitionerId))];
  const source = `case:${meetingId}:${caseId}`;
  return hear(event, { type: 'HearEvidence', source, kind: 'meeting', practitionerIds, at, counts });
}
