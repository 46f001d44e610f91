import { type SubmitEvent, useRef, useState } from 'react';
import { usePage } from './page-context';
import { Refused, Title } from './parts';
import { call, Refusal } from './server';
import { filled } from './words';

interface LinkPageProps {
  readonly token: string | undefined;
  readonly onOpen: () => void;
}

/** The way in: the link says who is meant, the code that it is they who hold this phone. */
export function LinkPage({ token, onOpen }: LinkPageProps) {
  const { words } = usePage();
  const [to, setTo] = useState<string>();
  const [refusal, setRefusal] = useState<Refusal>();
  const [isBusy, setIsBusy] = useState(false);
  if (token === undefined) return <NoLink title={words.linkNone} text={words.linkNoneText} />;
  if (refusal?.code === 'LINK_ENDED') return <NoLink title={words.linkWrong} text={refusal.message} />;

  async function attempt(act: () => Promise<void>): Promise<void> {
    setIsBusy(true);
    setRefusal(undefined);
    try {
      await act();
    } catch (error) {
      setRefusal(error instanceof Refusal ? error : new Refusal(0, 'UNKNOWN', ''));
    }
    setIsBusy(false);
  }
  const send = (): void => {
    void attempt(async () => {
      const sent = await call<{ to: string }>('/auth/links/code', { method: 'POST', body: { token } });
      setTo(sent.to);
    });
  };
  const verify = (code: string): void => {
    void attempt(async () => {
      await call('/auth/links/verify', { method: 'POST', body: { token, code } });
      onOpen();
    });
  };
  if (to !== undefined) return <CodeForm to={to} refusal={refusal} isBusy={isBusy} onCode={verify} onAgain={send} />;
  return (
    <section className="card">
      <Title>{words.thisPage}</Title>
      <p>{words.codeWhy}</p>
      {refusal === undefined ? null : <Refused refusal={refusal} />}
      <button type="button" className="main" disabled={isBusy} onClick={send}>
        {isBusy ? words.wait : words.codeSend}
      </button>
    </section>
  );
}

function NoLink({ title, text }: { readonly title: string; readonly text: string }) {
  const { words } = usePage();
  return (
    <section className="card">
      <Title>{title}</Title>
      <p>{text}</p>
      <p className="soft">{words.linkHow}</p>
    </section>
  );
}

interface CodeFormProps {
  readonly to: string;
  readonly refusal: Refusal | undefined;
  readonly isBusy: boolean;
  readonly onCode: (code: string) => void;
  readonly onAgain: () => void;
}

function CodeForm({ to, refusal, isBusy, onCode, onAgain }: CodeFormProps) {
  const { words } = usePage();
  const [code, setCode] = useState('');
  const field = useRef<HTMLInputElement>(null);
  const digits = code.replace(/\D/g, '');
  const isOfCode = refusal?.code === 'CODE_WRONG' || refusal?.code === 'CODE_ENDED';
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (digits.length === 6) onCode(digits);
    else field.current?.focus();
  };
  return (
    <form className="card" onSubmit={submit} noValidate>
      <Title>{words.thisPage}</Title>
      <p role="status">{filled(words.codeSent, { to })}</p>
      <label htmlFor="code">{words.code}</label>
      <p id="code-hint" className="soft small">
        {words.codeHint}
      </p>
      <input
        ref={field}
        id="code"
        className="code"
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={8}
        value={code}
        aria-invalid={isOfCode}
        aria-describedby={isOfCode ? 'code-error code-hint' : 'code-hint'}
        onChange={({ target }) => {
          setCode(target.value);
        }}
      />
      {isOfCode ? (
        <p id="code-error" role="alert" className="wrong">
          {refusal.message}
        </p>
      ) : null}
      {refusal !== undefined && !isOfCode ? <Refused refusal={refusal} /> : null}
      <button type="submit" className="main" disabled={isBusy}>
        {isBusy ? words.wait : words.verify}
      </button>
      <button
        type="button"
        disabled={isBusy}
        onClick={() => {
          setCode('');
          onAgain();
        }}
      >
        {words.codeAgain}
      </button>
    </form>
  );
}
