import { type SubmitEvent, useEffect, useRef, useState } from 'react';
import { dayText } from './dates';
import { usePage } from './page-context';
import { Read, Refused, Title } from './parts';
import { call, Refusal } from './server';
import { useRead } from './use-read';
import { filled } from './words';

const kinds = ['reasons', 'move', 'meeting', 'correct'] as const;
type Kind = (typeof kinds)[number];

const titles = { reasons: 'askReasons', move: 'askMove', meeting: 'askMeeting', correct: 'askCorrect' } as const;
const hints = {
  reasons: 'askReasonsHint',
  move: 'askMoveHint',
  meeting: 'askMeetingHint',
  correct: 'askCorrectHint',
} as const;

interface AskProps {
  readonly pathwayId: string | undefined;
  readonly isPatient: boolean;
}

/** What one may ask of the team; each is a task of a named person, with a day by which it is answered. */
export function Ask({ pathwayId, isPatient }: AskProps) {
  const { words } = usePage();
  const [turn, setTurn] = useState(0);
  return (
    <>
      <Title>{words.ask}</Title>
      <p>{words.readers}</p>
      {pathwayId === undefined ? (
        <p className="note">{words.pathwayNone}</p>
      ) : (
        <>
          {kinds.map((kind) => (
            <AskForm
              key={kind}
              kind={kind}
              pathwayId={pathwayId}
              onAsked={() => {
                setTurn(turn + 1);
              }}
            />
          ))}
          {isPatient ? <Asked key={turn} pathwayId={pathwayId} /> : null}
        </>
      )}
    </>
  );
}

const KEEP_MS = 700;

interface AskFormProps {
  readonly kind: Kind;
  readonly pathwayId: string;
  readonly onAsked: () => void;
}

function AskForm({ kind, pathwayId, onAsked }: AskFormProps) {
  const { words, language } = usePage();
  const draft = useDraft(kind);
  const [id, setId] = useState(() => crypto.randomUUID());
  const [told, setTold] = useState('');
  const [refusal, setRefusal] = useState<Refusal>();
  const [isShort, setIsShort] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    setIsShort(draft.text.trim().length < 3);
    if (draft.text.trim().length < 3) {
      field.current?.focus();
      return;
    }
    const asked = { method: 'POST', body: { id, kind, text: draft.text.trim() }, key: id } as const;
    call<{ dueAt: string }>(`/api/pathways/pathways/${pathwayId}/patient-requests`, asked).then(
      ({ dueAt }) => {
        setTold(filled(words.askedThanks, { day: dayText(dueAt, language) }));
        setRefusal(undefined);
        setId(crypto.randomUUID());
        draft.write('');
        onAsked();
      },
      (error: unknown) => {
        setRefusal(error instanceof Refusal ? error : new Refusal(0, 'UNKNOWN', ''));
      },
    );
  };
  return (
    <details className="card" open={draft.wasKept}>
      <summary>
        <h2>{words[titles[kind]]}</h2>
      </summary>
      <form onSubmit={submit} noValidate>
        <label htmlFor={`text-${kind}`}>{words.textLabel}</label>
        <p id={`hint-${kind}`} className="soft small">
          {words[hints[kind]]}
        </p>
        <textarea
          ref={field}
          id={`text-${kind}`}
          rows={5}
          maxLength={2_000}
          value={draft.text}
          aria-invalid={isShort}
          aria-describedby={isShort ? `wrong-${kind} hint-${kind}` : `hint-${kind}`}
          onChange={({ target }) => {
            setTold('');
            setIsShort(false);
            draft.write(target.value);
          }}
        />
        {isShort ? (
          <p id={`wrong-${kind}`} role="alert" className="wrong">
            {words.textTooShort}
          </p>
        ) : null}
        <p role="status" className="soft small">
          {told === '' && draft.isKept ? words.draftKept : told}
        </p>
        {refusal === undefined ? null : <Refused refusal={refusal} />}
        <button type="submit" className="main">
          {words.send}
        </button>
      </form>
    </details>
  );
}

/** What is typed is kept on the server as one types, and is there again on any device. */
function useDraft(place: Kind) {
  const path = `/api/patient/drafts/${place}`;
  const [text, setText] = useState('');
  const [wasKept, setWasKept] = useState(false);
  const [isKept, setIsKept] = useState(false);
  const [isTyped, setIsTyped] = useState(false);
  useEffect(() => {
    call<{ text: string }>(path).then(
      (kept) => {
        // What one types meanwhile is newer than what was kept.
        setText((typed) => (typed === '' ? kept.text : typed));
        setWasKept(kept.text !== '');
      },
      () => undefined,
    );
  }, [path]);
  useEffect(() => {
    if (!isTyped) return;
    const timer = window.setTimeout(() => {
      call(path, { method: 'PUT', body: { text } }).then(
        () => {
          setIsKept(text !== '');
        },
        () => {
          setIsKept(false);
        },
      );
    }, KEEP_MS);
    return () => {
      window.clearTimeout(timer);
    };
  }, [path, text, isTyped]);
  useEffect(() => {
    if (!isTyped || isKept) return;
    // A phone closes a page without asking: what was typed a moment ago is kept on the way out.
    const leave = (): void => {
      if (document.visibilityState === 'hidden') void call(path, { method: 'PUT', body: { text }, isLast: true });
    };
    document.addEventListener('visibilitychange', leave);
    return () => {
      document.removeEventListener('visibilitychange', leave);
    };
  }, [path, text, isTyped, isKept]);
  const write = (typed: string): void => {
    setIsTyped(true);
    setIsKept(false);
    setText(typed);
  };
  return { text, wasKept, isKept, write };
}

interface AskedLine {
  readonly id: string;
  readonly kind: Kind;
  readonly text: string;
  readonly at: string;
  readonly dueAt: string;
  readonly status: string;
  readonly answer?: { readonly text: string; readonly at: string };
}

function Asked({ pathwayId }: { readonly pathwayId: string }) {
  const { words, language } = usePage();
  const path = `/api/pathways/pathways/${pathwayId}/patient-requests`;
  const reading = useRead<{ items: readonly AskedLine[] }>(path);
  return (
    <Read reading={reading}>
      {({ items }) =>
        items.length === 0 ? null : (
          <section className="card">
            <h2>{words.asked}</h2>
            <ul className="rows">
              {items.map(({ id, kind, text, at, dueAt, status, answer }) => (
                <li key={id}>
                  <strong>{words[titles[kind]]}</strong>
                  <span className="act">{text}</span>
                  <span className="soft">
                    {dayText(at, language)} · {status === 'open' ? words.askedOpen : words.askedDone}
                    {status === 'open' ? ` · ${filled(words.answerBy, { day: dayText(dueAt, language) })}` : ''}
                  </span>
                  {answer === undefined ? null : (
                    <blockquote>
                      <strong>{filled(words.answered, { day: dayText(answer.at, language) })}</strong> {answer.text}
                    </blockquote>
                  )}
                </li>
              ))}
            </ul>
          </section>
        )
      }
    </Read>
  );
}
