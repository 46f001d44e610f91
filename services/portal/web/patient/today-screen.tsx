import type { OwnAppointment } from './appointments-screen';
import { dayText, whenText } from './dates';
import type { Me } from './home';
import { usePage } from './page-context';
import { Read, Title } from './parts';
import { inOrder, type PatientStep } from './steps';
import { useRead } from './use-read';
import { filled } from './words';

/** What is next and why, and who reads what one writes. */
export function Today({ me, pathwayId }: { readonly me: Me; readonly pathwayId: string | undefined }) {
  const { words } = usePage();
  return (
    <>
      <Title>{me.name === '' ? words.helloNobody : filled(words.hello, { name: me.name })}</Title>
      {me.relation === 'patient' ? null : <p className="note">{words.trusted}</p>}
      <NextAppointment />
      <section className="card">
        <h2>{words.next}</h2>
        {pathwayId === undefined ? <p>{words.nextNone}</p> : <NextStep pathwayId={pathwayId} />}
      </section>
      <p className="note">{words.readers}</p>
    </>
  );
}

function NextAppointment() {
  const { words, language } = usePage();
  const own = useRead<{ items: readonly OwnAppointment[] }>('/api/scheduling/own-appointments');
  const next = own.data?.items.find(({ startsAt }) => startsAt !== undefined);
  if (next?.startsAt === undefined) return null;
  return (
    <section className="card first">
      <h2>{next.status === 'held' ? words.appointmentHeld : words.appointmentBooked}</h2>
      <p className="big-text">{whenText(next.startsAt, language)}</p>
      <p>
        <a href="#appointments">{next.status === 'held' ? words.accept : words.move}</a>
      </p>
    </section>
  );
}

function NextStep({ pathwayId }: { readonly pathwayId: string }) {
  const { words, language } = usePage();
  const reading = useRead<{ status: string; steps: readonly PatientStep[] }>(`/api/pathways/pathways/${pathwayId}`);
  return (
    <Read reading={reading}>
      {({ status, steps }) => {
        const [next] = inOrder(steps).toCome;
        if (status === 'ended') return <p>{words.ended}</p>;
        if (next === undefined) return <p>{words.nextNone}</p>;
        return (
          <>
            <p className="big-text">{next.label}</p>
            {next.appointmentAt !== undefined ? (
              <p>{filled(words.appointment, { when: whenText(next.appointmentAt, language) })}</p>
            ) : next.latest !== undefined ? (
              <p>{filled(words.latest, { day: dayText(next.latest, language) })}</p>
            ) : null}
            <p className="soft">{words.nextWhy}</p>
          </>
        );
      }}
    </Read>
  );
}
