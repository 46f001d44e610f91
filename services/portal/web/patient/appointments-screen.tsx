import { useState } from 'react';
import { whenText } from './dates';
import { usePage } from './page-context';
import { Read, Refused, Title } from './parts';
import { call, Refusal } from './server';
import { useNames } from './use-names';
import { useRead } from './use-read';
import { filled } from './words';

export interface OwnAppointment {
  readonly id: string;
  readonly status: 'waiting' | 'held' | 'booked';
  readonly startsAt?: string;
  readonly mode?: string;
  readonly practitionerId?: string;
}

interface Proposal {
  readonly calendarId: string;
  readonly startsAt: string;
}

/** One's appointments; each may be moved among a few times, and a proposed one taken. */
export function Appointments() {
  const { words } = usePage();
  const own = useRead<{ items: readonly OwnAppointment[] }>('/api/scheduling/own-appointments');
  const names = useNames((own.data?.items ?? []).flatMap(({ practitionerId }) => practitionerId ?? []));
  const [told, setTold] = useState('');
  return (
    <>
      <Title>{words.appointments}</Title>
      <p role="status" className={told === '' ? 'visually-hidden' : 'note good'}>
        {told}
      </p>
      <Read reading={own}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="note">{words.appointmentsNone}</p>
          ) : (
            items.map((one) => (
              <Appointment
                key={one.id}
                appointment={one}
                name={names[one.practitionerId ?? '']}
                onChange={(text) => {
                  setTold(text);
                  own.again();
                }}
              />
            ))
          )
        }
      </Read>
    </>
  );
}

interface AppointmentProps {
  readonly appointment: OwnAppointment;
  readonly name: string | undefined;
  readonly onChange: (told: string) => void;
}

const statusWord = {
  waiting: 'appointmentWaiting',
  held: 'appointmentHeld',
  booked: 'appointmentBooked',
} as const;

function Appointment({ appointment, name, onChange }: AppointmentProps) {
  const { words, language } = usePage();
  const [isMoving, setIsMoving] = useState(false);
  const [refusal, setRefusal] = useState<Refusal>();
  const { id, status, startsAt, mode } = appointment;
  const accept = (): void => {
    const path = `/api/scheduling/own-appointments/${id}/accept`;
    call(path, { method: 'POST', body: {}, key: crypto.randomUUID() }).then(
      () => {
        onChange(words.saved);
      },
      (error: unknown) => {
        setRefusal(error instanceof Refusal ? error : new Refusal(0, 'UNKNOWN', ''));
      },
    );
  };
  return (
    <section className="card">
      <h2>{startsAt === undefined ? words.appointmentWaiting : whenText(startsAt, language)}</h2>
      <p>
        {startsAt === undefined ? null : words[statusWord[status]]}
        {name === undefined ? null : `, ${filled(words.withWhom, { who: name })}`}
        {mode === 'tele' ? `, ${words.tele}` : null}
      </p>
      {refusal === undefined ? null : <Refused refusal={refusal} />}
      {status === 'held' ? (
        <button type="button" className="main" onClick={accept}>
          {words.accept}
        </button>
      ) : null}
      {startsAt === undefined ? null : (
        <button
          type="button"
          aria-expanded={isMoving}
          onClick={() => {
            setIsMoving(!isMoving);
          }}
        >
          {isMoving ? words.close : words.move}
        </button>
      )}
      {isMoving ? (
        <Proposals
          id={id}
          onMoved={(when) => {
            setIsMoving(false);
            onChange(filled(words.moved, { when: whenText(when, language) }));
          }}
        />
      ) : null}
    </section>
  );
}

function Proposals({ id, onMoved }: { readonly id: string; readonly onMoved: (startsAt: string) => void }) {
  const { words, language } = usePage();
  const path = `/api/scheduling/own-appointments/${id}`;
  const reading = useRead<{ items: readonly Proposal[] }>(`${path}/proposals`);
  const [refusal, setRefusal] = useState<Refusal>();
  const choose = ({ calendarId, startsAt }: Proposal): void => {
    call(`${path}/choose`, { method: 'POST', body: { calendarId, startsAt }, key: crypto.randomUUID() }).then(
      () => {
        onMoved(startsAt);
      },
      (error: unknown) => {
        // Somebody was quicker: what is left is read again.
        setRefusal(error instanceof Refusal ? error : new Refusal(0, 'UNKNOWN', ''));
        reading.again();
      },
    );
  };
  return (
    <Read reading={reading}>
      {({ items }) => (
        <div role="group" aria-label={words.newPossible} className="proposals">
          {refusal === undefined ? null : <Refused refusal={refusal} />}
          {items.length === 0 ? (
            <p>
              {words.moveNone} <a href="#ask">{words.askMove}</a>
            </p>
          ) : null}
          {items.map((one) => (
            <button
              key={one.startsAt}
              type="button"
              onClick={() => {
                choose(one);
              }}
            >
              <span className="visually-hidden">{words.choose}: </span>
              {whenText(one.startsAt, language)}
            </button>
          ))}
        </div>
      )}
    </Read>
  );
}
