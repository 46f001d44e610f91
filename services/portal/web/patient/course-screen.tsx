import { dayText, whenText } from './dates';
import { usePage } from './page-context';
import { Read, Title } from './parts';
import { inOrder, type PatientStep } from './steps';
import { useRead } from './use-read';
import { filled } from './words';

/** The whole pathway in plain words: what is to come, then what is done. */
export function Course({ pathwayId }: { readonly pathwayId: string | undefined }) {
  const { words } = usePage();
  return (
    <>
      <Title>{words.pathway}</Title>
      <p>{words.pathwayLead}</p>
      {pathwayId === undefined ? <p className="note">{words.pathwayNone}</p> : <Steps pathwayId={pathwayId} />}
    </>
  );
}

function Steps({ pathwayId }: { readonly pathwayId: string }) {
  const reading = useRead<{ steps: readonly PatientStep[] }>(`/api/pathways/pathways/${pathwayId}`);
  return <Read reading={reading}>{({ steps }) => <StepsInOrder steps={steps} />}</Read>;
}

/** What is to come, then what is done. */
export function StepsInOrder({ steps }: { readonly steps: readonly PatientStep[] }) {
  const { words } = usePage();
  const { toCome, done } = inOrder(steps);
  return (
    <>
      <h2>{words.next}</h2>
      {toCome.length === 0 ? <p>{words.nextNone}</p> : <Thread steps={toCome} />}
      {done.length === 0 ? null : (
        <>
          <h2>{words.doneBefore}</h2>
          <Thread steps={done} />
        </>
      )}
    </>
  );
}

function Thread({ steps }: { readonly steps: readonly PatientStep[] }) {
  const { words, language } = usePage();
  return (
    <ol className="thread">
      {steps.map(({ ref, label, status, latest, doneAt, appointmentAt }) => (
        <li key={ref} className={status}>
          <span className="dot" aria-hidden="true">
            {status === 'done' ? '✓' : ''}
          </span>
          <strong>{label}</strong>
          {doneAt === undefined ? null : <span>{filled(words.done, { day: dayText(doneAt, language) })}</span>}
          {status === 'done' || appointmentAt === undefined ? null : (
            <span>{filled(words.appointment, { when: whenText(appointmentAt, language) })}</span>
          )}
          {latest === undefined || appointmentAt !== undefined ? null : (
            <span>{filled(words.latest, { day: dayText(latest, language) })}</span>
          )}
        </li>
      ))}
    </ol>
  );
}
