import { useState } from 'react';
import { StepsInOrder } from './course-screen';
import { dayText } from './dates';
import { usePage } from './page-context';
import { Read, Refused, Title } from './parts';
import { call, Refusal } from './server';
import type { PatientStep } from './steps';
import { useRead } from './use-read';
import { filled } from './words';

interface SharedTask {
  readonly id: string;
  readonly title: string;
  readonly dueAt?: string;
  readonly outcomes: readonly string[];
  /** What the patient has asked, in their words: it is answered here. */
  readonly asked?: string;
}

interface Plan {
  readonly patient: { readonly familyName: string; readonly givenNames: readonly string[]; readonly birthDate: string };
  readonly steps: readonly PatientStep[];
  readonly tasks: readonly SharedTask[];
}

/** One patient's plan for a doctor, a nurse, a pharmacist or a carer in town: what is asked of them first. */
export function SharedPlan() {
  const { words } = usePage();
  const reading = useRead<Plan>('/api/shared/plan');
  const [told, setTold] = useState('');
  return (
    <>
      <Title>{words.carePlan}</Title>
      <p>{words.sharedLead}</p>
      <p role="status" className={told === '' ? 'visually-hidden' : 'note good'}>
        {told}
      </p>
      <Read reading={reading}>
        {({ patient, steps, tasks }) => {
          return (
            <>
              <Identity patient={patient} />
              <section className="card first">
                <h2>{words.sharedTasks}</h2>
                {tasks.length === 0 ? <p>{words.sharedNothing}</p> : null}
                <ul className="rows">
                  {tasks.map((task) => (
                    <TaskRow
                      key={task.id}
                      task={task}
                      onDone={() => {
                        setTold(words.confirmed);
                        reading.again();
                      }}
                    />
                  ))}
                </ul>
              </section>
              <StepsInOrder steps={steps} />
            </>
          );
        }}
      </Read>
    </>
  );
}

function Identity({ patient: { familyName, givenNames, birthDate } }: Pick<Plan, 'patient'>) {
  const { words, language } = usePage();
  const born = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' });
  return (
    <section className="card identity" aria-label={words.sharedFor}>
      <strong>
        {familyName.toLocaleUpperCase()} {givenNames.join(' ')}
      </strong>
      <span>{born.format(new Date(`${birthDate}T12:00:00Z`))}</span>
    </section>
  );
}

/** Confirmed in one click; where the task has outcomes, by the one that is clicked. */
function TaskRow({ task, onDone }: { readonly task: SharedTask; readonly onDone: () => void }) {
  const { words, language } = usePage();
  const [key] = useState(() => crypto.randomUUID());
  const [refusal, setRefusal] = useState<Refusal>();
  const { id, title, dueAt, outcomes, asked } = task;
  const confirm = (outcome: string | undefined): void => {
    finish(outcome === undefined ? {} : { outcome });
  };
  const finish = (body: object): void => {
    call(`/api/shared/tasks/${id}/done`, { method: 'POST', body, key }).then(onDone, (error: unknown) => {
      setRefusal(error instanceof Refusal ? error : new Refusal(0, 'UNKNOWN', ''));
    });
  };
  return (
    <li>
      <strong>{title}</strong>
      {dueAt === undefined ? null : <span>{filled(words.latest, { day: dayText(dueAt, language) })}</span>}
      {refusal === undefined ? null : <Refused refusal={refusal} />}
      {asked === undefined ? null : (
        <AnswerForm
          id={id}
          asked={asked}
          onAnswer={(answer) => {
            finish({ answer });
          }}
        />
      )}
      <span className="buttons">
        {(asked !== undefined ? [] : outcomes.length === 0 ? [undefined] : outcomes).map((outcome) => (
          <button
            key={outcome ?? 'done'}
            type="button"
            className="main"
            aria-label={`${outcome ?? words.confirmAct}: ${title}`}
            onClick={() => {
              confirm(outcome);
            }}
          >
            {outcome ?? words.confirmAct}
          </button>
        ))}
      </span>
    </li>
  );
}

interface AnswerFormProps {
  readonly id: string;
  readonly asked: string;
  readonly onAnswer: (answer: string) => void;
}

/** What the patient asked, and the one place where it is answered: what is sent is what the patient reads. */
function AnswerForm({ id, asked, onAnswer }: AnswerFormProps) {
  const { words } = usePage();
  const [text, setText] = useState('');
  const [isShort, setIsShort] = useState(false);
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setIsShort(text.trim().length < 3);
        if (text.trim().length >= 3) onAnswer(text.trim());
      }}
    >
      <blockquote>{asked}</blockquote>
      <label htmlFor={`answer-${id}`}>{words.yourAnswer}</label>
      <textarea
        id={`answer-${id}`}
        rows={3}
        maxLength={2_000}
        value={text}
        aria-invalid={isShort}
        aria-describedby={isShort ? `wrong-${id}` : undefined}
        onChange={({ target }) => {
          setIsShort(false);
          setText(target.value);
        }}
      />
      {isShort ? (
        <p id={`wrong-${id}`} role="alert" className="wrong">
          {words.textTooShort}
        </p>
      ) : null}
      <button type="submit" className="main">
        {words.answer}
      </button>
    </form>
  );
}
