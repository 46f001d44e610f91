import {
  capitationEvents,
  type Envelope,
  meetingsEvents,
  portalEvents,
  schedulingEvents,
  teleExpertiseEvents,
} from '@ariane/contracts';
import { type EventData, Hears } from '@ariane/bus';
import { type Effect, effect } from '@ariane/store';
import { Controller } from '@nestjs/common';
import { pathways } from './aggregates.store';

type Parked = EventData<typeof schedulingEvents.KeyParked>;

/** A fact of a pathway that another service could not apply: the pathway's coordinator is told (hazard H3). */
@Controller()
export class OperationsConsumer {
  @Hears(schedulingEvents.KeyParked)
  inScheduling(event: Parked): Effect[] {
    return noticed(event);
  }

  @Hears(teleExpertiseEvents.KeyParked)
  inTeleExpertise(event: Parked): Effect[] {
    return noticed(event);
  }

  @Hears(meetingsEvents.KeyParked)
  inMeetings(event: Parked): Effect[] {
    return noticed(event);
  }

  @Hears(capitationEvents.KeyParked)
  inCapitation(event: Parked): Effect[] {
    return noticed(event);
  }

  @Hears(portalEvents.KeyParked)
  inPortal(event: Parked): Effect[] {
    return noticed(event);
  }
}

function noticed({ data: { parkedSubject, eventId, producer, consumer, parkedAt: at } }: Parked): Effect[] {
  return [effect(pathways, parkedSubject, { type: 'NoticeParkedKey', eventId, producer, consumer, at })];
}

/** The same for a key that this very service has parked. */
export function onParked({ subject, id, source, time }: Envelope): Effect[] {
  const producer = source.slice(source.lastIndexOf('/') + 1);
  return [
    effect(pathways, subject, { type: 'NoticeParkedKey', eventId: id, producer, consumer: 'pathways', at: time }),
  ];
}
