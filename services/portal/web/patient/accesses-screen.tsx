import { type AccessLine, byDay } from './accesses';
import { dayText } from './dates';
import { usePage } from './page-context';
import { Refused, Title, Waiting } from './parts';
import { useNames } from './use-names';
import { useRead } from './use-read';

interface Told {
  readonly items: readonly AccessLine[];
}

/** Who read or changed one's file, in the words of the law that lets one know. */
export function Accesses({ patientId }: { readonly patientId: string }) {
  const { words, language } = usePage();
  const of = (service: string): string => `/api/${service}/audit/patients/${patientId}/accesses?limit=100`;
  const readings = [
    useRead<Told>(of('pathways')),
    useRead<Told>(of('scheduling')),
    useRead<Told>(of('tele-expertise')),
    useRead<Told>(of('meetings')),
    useRead<Told>(of('portal')),
  ];
  const days = byDay(readings.flatMap(({ data }) => data?.items ?? []));
  const names = useNames(days.flatMap(({ people }) => people.map(({ id }) => id)).filter(isDirectoryId));
  // A service that has nothing to tell of this person, or tells nobody, is no failure.
  const refusals = readings.filter(({ refusal }) => refusal !== undefined && refusal.status !== 404);
  const isTold = readings.some(({ data }) => data !== undefined);
  const isWaiting = readings.every(({ data, refusal }) => data === undefined && refusal === undefined);
  const [first] = refusals;
  return (
    <>
      <Title>{words.accesses}</Title>
      <p>{words.accessesLead}</p>
      {refusals.length > 0 && first?.refusal !== undefined ? (
        <>
          <p>{words.accessesPart}</p>
          <Refused refusal={first.refusal} again={first.again} />
        </>
      ) : null}
      {isWaiting ? <Waiting /> : null}
      {isTold && days.length === 0 && refusals.length === 0 ? <p className="note">{words.accessesNone}</p> : null}
      {days.map(({ day, people }) => (
        <section key={day} className="card">
          <h2>{dayText(day, language)}</h2>
          <ul className="rows">
            {people.map(({ id, name, role, acts }) => (
              <li key={id}>
                <strong>{id.endsWith(patientId) ? words.you : (name ?? names[id] ?? words.nobody)}</strong>
                {role === undefined ? null : <span className="soft"> · {role}</span>}
                {acts.map(({ what, why }) => (
                  <span key={`${what} ${why}`} className="act">
                    {what} <span className="soft">({why})</span>
                  </span>
                ))}
              </li>
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}

const isDirectoryId = (id: string): boolean => /^[0-9a-f-]{36}$/.test(id);
