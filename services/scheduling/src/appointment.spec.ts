import { DomainError, fold } from '@ariane/kernel';
import { faultsOf, schedulingEvents } from '@ariane/contracts';
import * as fc from 'fast-check';
import { type Appointment, appointment, type AppointmentCommand, type AppointmentEvent, claims } from './appointment';
import { instantAt, type Slot } from './slot';
import type { Visit, Wish } from './visit';

const visit: Visit = {
  appointmentId: '01890a5d-ac96-7000-8000-000000000005',
  pathwayId: '01890a5d-ac96-7000-8000-000000000001',
  patientId: '01890a5d-ac96-7000-8000-000000000002',
  stepKey: 'imaging',
  visitKind: 'breast-imaging',
};
const nine: Slot = {
  calendarId: '01890a5d-ac96-7000-8000-00000000000a',
  practitionerId: '01890a5d-ac96-7000-8000-000000000003',
  resources: ['room-1'],
  startsAt: '2026-03-09T09:00:00Z',
  endsAt: '2026-03-09T09:30:00Z',
  mode: 'on-site',
};
const ten: Slot = { ...nine, startsAt: '2026-03-09T10:00:00Z', endsAt: '2026-03-09T10:30:00Z' };
const wish: Wish = { role: 'RAD', dueFrom: '2026-03-04T08:00:00Z', booking: 'auto' };
const march = (day: number, time: string): string => `2026-03-${String(day).padStart(2, '0')}T${time}:00Z`;

const request = (
  over: Partial<Extract<AppointmentCommand, { type: 'RequestAppointment' }>> = {},
): AppointmentCommand => ({
  type: 'RequestAppointment',
  visit,
  wish,
  now: march(4, '08:00'),
  ...over,
});
const propose = request({ wish: { ...wish, booking: 'propose' }, slot: nine });
const at = (
  type: 'ConfirmAppointment' | 'EndWithPathway' | 'EndWithStep' | 'ExpireHold' | 'RecordAttended',
  now: string,
): AppointmentCommand => ({ type, now });
const cancel = (now: string): AppointmentCommand => ({ type: 'CancelAppointment', reason: 'patient-asked', now });
const missed = (now: string): AppointmentCommand => ({ type: 'RecordMissed', reason: 'patient-absent', now });
const move = (slot: Slot, now: string): AppointmentCommand => ({
  type: 'MoveAppointment',
  slot,
  reason: 'patient-asked',
  now,
});

/** The state after commands that must all be accepted; what the last one gave is kept beside it. */
function after(commands: readonly AppointmentCommand[]) {
  let state: Appointment | undefined;
  let events: readonly AppointmentEvent[] = [];
  for (const command of commands) {
    events = appointment.decide(state, command);
    state = fold(appointment, state, events);
  }
  return { state, events };
}
const given = (...before: AppointmentCommand[]) => ({
  when: (command: AppointmentCommand) => ({
    then: (...facts: string[]) => {
      const { state, events } = after([...before, command]);
      expect(events.map((event) => event.type)).toEqual(facts);
      for (const { type, data } of events) {
        if (type !== 'AppointmentRequested') expect(faultsOf(schedulingEvents[type].type, data)).toEqual([]);
      }
      return { state, last: events.at(-1)?.data as Record<string, unknown> };
    },
    thenRefused: (code: string) => {
      const { state } = after(before);
      expect(() => appointment.decide(state, command)).toThrow(DomainError);
      try {
        appointment.decide(state, command);
      } catch (error) {
        expect((error as DomainError).code).toBe(code);
      }
    },
  }),
});
const booked = request({ slot: nine });
type OrderOf<T> = T extends fc.Arbitrary<infer Order> ? Order : never;

/** The state a command leads to, or undefined when it is refused. */
function accepted(state: Appointment | undefined, command: AppointmentCommand): Appointment | undefined {
  try {
    return fold(appointment, state, appointment.decide(state, command));
  } catch (error) {
    if (error instanceof DomainError) return undefined;
    throw error;
  }
}

describe('an asked appointment', () => {
  it('is booked at once where the step says auto', () => {
    const { state } = given().when(booked).then('AppointmentRequested', 'AppointmentBooked');
    expect(state).toEqual({ ...visit, status: 'booked', slot: nine });
  });

  it('is held for two days where the step says propose', () => {
    const { last } = given().when(propose).then('AppointmentRequested', 'AppointmentHeld');
    expect(last.heldUntil).toBe(march(6, '08:00'));
  });

  it('is held no longer than until it would begin', () => {
    const { last } = given()
      .when({ ...propose, now: march(9, '08:00') })
      .then('AppointmentRequested', 'AppointmentHeld');
    expect(last.heldUntil).toBe(nine.startsAt);
  });

  it('waits with its wish when no slot fits, and takes one later as the wish says', () => {
    const { state } = given().when(request()).then('AppointmentRequested', 'AppointmentWaiting');
    expect(state).toEqual({ ...visit, status: 'waiting', wish });
    given(request())
      .when({ type: 'PlaceAppointment', slot: nine, now: march(5, '08:00') })
      .then('AppointmentBooked');
  });

  it('is placed once', () => {
    given(booked)
      .when({ type: 'PlaceAppointment', slot: ten, now: march(5, '08:00') })
      .thenRefused('STATE_CONFLICT');
    given(booked)
      .when(request({ slot: ten }))
      .thenRefused('ALREADY_EXISTS');
  });
});

describe('a given slot', () => {
  it('is booked for a new visit, or for one that waits', () => {
    const book: AppointmentCommand = { type: 'BookAppointment', visit, slot: nine, now: march(4, '08:00') };
    given().when(book).then('AppointmentBooked');
    given(request()).when(book).then('AppointmentBooked');
    given(request())
      .when({ ...book, visit: { ...visit, stepKey: 'biopsy' } })
      .thenRefused('ALREADY_EXISTS');
    given(booked).when(book).thenRefused('ALREADY_EXISTS');
  });

  it('cannot lie in the past', () => {
    given()
      .when({ type: 'BookAppointment', visit, slot: nine, now: march(9, '09:01') })
      .thenRefused('SLOT_IN_PAST');
  });
});

describe('a held appointment', () => {
  it('becomes booked when confirmed in time, and confirming twice changes nothing', () => {
    given(propose)
      .when(at('ConfirmAppointment', march(5, '08:00')))
      .then('AppointmentBooked');
    given(propose, at('ConfirmAppointment', march(5, '08:00')))
      .when(at('ConfirmAppointment', march(5, '09:00')))
      .then();
  });

  it('cannot be confirmed once its hold has ended, even before the sweep has seen it', () => {
    given(propose)
      .when(at('ConfirmAppointment', march(6, '08:00')))
      .thenRefused('HOLD_EXPIRED');
  });

  it('expires by the clock, dated by its deadline', () => {
    const { last } = given(propose)
      .when(at('ExpireHold', march(7, '11:00')))
      .then('AppointmentCancelled');
    expect(last).toMatchObject({ reason: 'hold-expired', cancelledAt: march(6, '08:00') });
    given(propose)
      .when(at('ExpireHold', march(6, '07:59')))
      .then();
    given(booked)
      .when(at('ExpireHold', march(7, '11:00')))
      .then();
  });

  it('stays held when it is moved', () => {
    given(propose)
      .when(move(ten, march(5, '08:00')))
      .then('AppointmentHeld');
  });
});

describe('a booked appointment', () => {
  it('can be moved to another slot, which says from when', () => {
    const { last } = given(booked)
      .when(move(ten, march(8, '08:00')))
      .then('AppointmentMoved');
    expect(last.movedFrom).toBe(nine.startsAt);
  });

  it('is not moved onto itself', () => {
    given(booked)
      .when(move(nine, march(8, '08:00')))
      .then();
  });

  it('can be neither moved nor cancelled once it has started', () => {
    given(booked)
      .when(cancel(march(9, '08:59')))
      .then('AppointmentCancelled');
    given(booked)
      .when(cancel(march(9, '09:00')))
      .thenRefused('APPOINTMENT_STARTED');
    given(booked)
      .when(move(ten, march(9, '09:00')))
      .thenRefused('APPOINTMENT_STARTED');
  });

  it('can be neither attended nor missed before it starts', () => {
    given(booked)
      .when(at('RecordAttended', march(9, '08:59')))
      .thenRefused('APPOINTMENT_NOT_STARTED');
    given(booked)
      .when(missed(march(9, '08:59')))
      .thenRefused('APPOINTMENT_NOT_STARTED');
  });

  it('is attended at its own time, by the calendar’s practitioner unless another is named', () => {
    const { last } = given(booked)
      .when(at('RecordAttended', march(9, '17:00')))
      .then('AppointmentAttended');
    expect(last).toMatchObject({ attendedAt: nine.startsAt, practitionerId: nine.practitionerId });
    const named = given(booked)
      .when({ type: 'RecordAttended', practitionerId: visit.patientId, now: march(9, '09:00') })
      .then('AppointmentAttended');
    expect(named.last.practitionerId).toBe(visit.patientId);
    expect(named.state).toMatchObject({ status: 'attended', slot: nine, seenBy: visit.patientId });
  });

  it('ends once: attended, missed or cancelled', () => {
    const attended = at('RecordAttended', march(9, '09:00'));
    given(booked, attended)
      .when(missed(march(9, '09:30')))
      .thenRefused('STATE_CONFLICT');
    given(booked, attended)
      .when(cancel(march(9, '08:00')))
      .thenRefused('STATE_CONFLICT');
    given(booked, missed(march(9, '09:30')))
      .when(attended)
      .thenRefused('STATE_CONFLICT');
    given(booked, cancel(march(8, '09:00')))
      .when(attended)
      .thenRefused('STATE_CONFLICT');
    given(booked, cancel(march(8, '09:00')))
      .when(cancel(march(8, '10:00')))
      .then();
  });
});

describe('when its pathway closes (H14)', () => {
  it('whatever lies ahead is cancelled: waiting, held or booked', () => {
    for (const before of [request(), propose, booked]) {
      const { last } = given(before)
        .when(at('EndWithPathway', march(5, '08:00')))
        .then('AppointmentCancelled');
      expect(last.reason).toBe('pathway-closed');
    }
  });

  it('a visit that had begun keeps its place, to be recorded', () => {
    given(booked)
      .when(at('EndWithPathway', march(9, '09:00')))
      .then();
    given(booked, at('EndWithPathway', march(9, '09:00')))
      .when(at('RecordAttended', march(9, '10:00')))
      .then('AppointmentAttended');
  });
});

describe('when its step is dropped', () => {
  const dropped = at('EndWithStep', march(5, '08:00'));

  it('is cancelled once, while it lies ahead: waiting, held or booked', () => {
    for (const before of [request(), propose, booked]) {
      const { last } = given(before).when(dropped).then('AppointmentCancelled');
      expect(last.reason).toBe('step-dropped');
      given(before, dropped).when(dropped).then();
    }
  });

  it('keeps its place once it has begun, and what became of it', () => {
    const begun = at('EndWithStep', march(9, '09:00'));
    given(booked).when(begun).then();
    given(booked, at('RecordAttended', march(9, '10:00')))
      .when(begun)
      .then();
  });

  it('is nothing where it was never asked for here', () => {
    given().when(dropped).then();
  });
});

describe('claims', () => {
  const claimsAfter = (...commands: AppointmentCommand[]) => claims(after(commands).state!);

  it('bind practitioner, room and patient for each five minutes of a held or booked slot', () => {
    expect(claimsAfter(booked)).toHaveLength(6 * 3);
    expect(claimsAfter(propose)).toContain('resource:room-1|2026-03-09T09:25:00Z');
    expect(claimsAfter(booked)).not.toContain('resource:room-1|2026-03-09T09:30:00Z');
  });

  it('are not held by one that waits, was cancelled or missed', () => {
    expect(claimsAfter(request())).toEqual([]);
    expect(claimsAfter(booked, cancel(march(8, '08:00')))).toEqual([]);
    expect(claimsAfter(booked, missed(march(9, '09:00')))).toEqual([]);
  });

  it('stay with a visit that was attended: recorded at its beginning, it still takes its time', () => {
    expect(claimsAfter(booked, at('RecordAttended', march(9, '09:00')))).toEqual(claimsAfter(booked));
  });

  it('keep active appointments apart through any course of commands, when each key has one holder', () => {
    const ids = ['a', 'b', 'c', 'd'];
    const start = Date.parse('2026-03-09T08:00:00Z');
    const slotFrom = fc.record({
      step: fc.integer({ min: 0, max: 12 }),
      length: fc.integer({ min: 1, max: 6 }),
      practitionerId: fc.constantFrom('p1', 'p2'),
      room: fc.constantFrom('r1', 'r2'),
    });
    const order = fc.record({
      id: fc.constantFrom(...ids),
      patientId: fc.constantFrom('x', 'y'),
      slot: slotFrom,
      hour: fc.integer({ min: 5, max: 10 }),
      kind: fc.constantFrom(
        'auto',
        'propose',
        'book',
        'move',
        'confirm',
        'cancel',
        'attended',
        'missed',
        'expire',
        'close',
      ),
    });
    const commandOf = ({ id, patientId, slot: chosen, hour, kind }: OrderOf<typeof order>): AppointmentCommand => {
      const now = `2026-03-09T${String(hour).padStart(2, '0')}:00:00Z`;
      const slot: Slot = {
        ...nine,
        practitionerId: chosen.practitionerId,
        resources: [chosen.room],
        startsAt: instantAt(start + chosen.step * 300_000),
        endsAt: instantAt(start + (chosen.step + chosen.length) * 300_000),
      };
      const own = { ...visit, appointmentId: id, patientId };
      switch (kind) {
        case 'auto':
        case 'propose':
          return { type: 'RequestAppointment', visit: own, wish: { ...wish, booking: kind }, slot, now };
        case 'book':
          return { type: 'BookAppointment', visit: own, slot, now };
        case 'move':
          return move(slot, now);
        case 'confirm':
          return at('ConfirmAppointment', now);
        case 'cancel':
          return cancel(now);
        case 'attended':
          return at('RecordAttended', now);
        case 'missed':
          return missed(now);
        case 'expire':
          return at('ExpireHold', now);
        case 'close':
          return at('EndWithPathway', now);
      }
    };
    fc.assert(
      fc.property(fc.array(order, { maxLength: 40 }), (orders) => {
        const states = new Map<string, Appointment>();
        for (const one of orders) {
          const next = accepted(states.get(one.id), commandOf(one));
          if (next === undefined) continue;
          const others = [...states].filter(([id]) => id !== one.id).flatMap(([, state]) => claims(state));
          if (!claims(next).some((key) => others.includes(key))) states.set(one.id, next);
        }
        const active = [...states.values()].flatMap((state) =>
          state.status === 'held' || state.status === 'booked' || state.status === 'attended' ? [state] : [],
        );
        for (const [index, a] of active.entries()) {
          for (const b of active.slice(index + 1)) {
            const together = a.slot.startsAt < b.slot.endsAt && b.slot.startsAt < a.slot.endsAt;
            const practitioner = a.slot.practitionerId === b.slot.practitionerId;
            const shared = practitioner || a.slot.resources[0] === b.slot.resources[0] || a.patientId === b.patientId;
            expect(together && shared).toBe(false);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it('are shared by two appointments exactly when they overlap in practitioner, room or patient', () => {
    const minutes = fc.integer({ min: 0, max: 60 }).map((n) => n * 5);
    const who = fc.record({
      from: minutes,
      length: fc.integer({ min: 1, max: 12 }).map((n) => n * 5),
      practitionerId: fc.constantFrom('p1', 'p2', undefined),
      room: fc.constantFrom('r1', 'r2'),
      patientId: fc.constantFrom('a', 'b'),
    });
    const base = Date.parse('2026-03-09T08:00:00Z');
    const made = (one: { from: number; length: number; practitionerId?: string; room: string; patientId: string }) => {
      const slot: Slot = {
        ...nine,
        practitionerId: one.practitionerId,
        resources: [one.room],
        startsAt: instantAt(base + one.from * 60_000),
        endsAt: instantAt(base + (one.from + one.length) * 60_000),
      };
      return claims({ ...visit, patientId: one.patientId, status: 'booked', slot });
    };
    fc.assert(
      fc.property(who, who, (a, b) => {
        const together = a.from < b.from + b.length && b.from < a.from + a.length;
        const samePractitioner = a.practitionerId !== undefined && a.practitionerId === b.practitionerId;
        const clash = together && (samePractitioner || a.room === b.room || a.patientId === b.patientId);
        const keys = new Set(made(a));
        expect(made(b).some((key) => keys.has(key))).toBe(clash);
      }),
      { numRuns: 500 },
    );
  });
});
