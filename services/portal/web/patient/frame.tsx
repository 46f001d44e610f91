import { type ReactNode, useEffect, useState } from 'react';
import { usePage } from './page-context';
import type { Language } from './words';

const SIZE = 'ariane-text-size';
const languages: readonly { readonly code: Language; readonly name: string }[] = [
  { code: 'fr', name: 'Français' },
  { code: 'en', name: 'English' },
];

/** What stands around every screen: the language, the size of the text, and whom to call in an emergency. */
export function Frame({ children }: { readonly children: ReactNode }) {
  const { words } = usePage();
  return (
    <>
      <a className="skip" href="#content" onClick={toContent}>
        {words.skip}
      </a>
      <header className="top">
        <span className="brand">
          <img src="/icon.svg" width="28" height="28" alt="" />
          Ariane
        </span>
        <LanguageChoice />
        <SizeChoice />
      </header>
      <main id="content" tabIndex={-1}>
        {children}
        <p className="soft small">{words.privacy}</p>
      </main>
      <Emergency />
    </>
  );
}

/** The place in the address is the screen's: the jump must not replace it. */
function toContent(event: { readonly preventDefault: () => void }): void {
  event.preventDefault();
  document.getElementById('content')?.focus();
}

function LanguageChoice() {
  const { words, language, setLanguage } = usePage();
  return (
    <div className="choice" role="group" aria-label={words.language}>
      {languages.map(({ code, name }) => (
        <button
          key={code}
          type="button"
          className="plain"
          lang={code}
          aria-pressed={language === code}
          onClick={() => {
            setLanguage(code);
          }}
        >
          <abbr title={name}>{code.toUpperCase()}</abbr>
        </button>
      ))}
    </div>
  );
}

function SizeChoice() {
  const { words } = usePage();
  const [isBig, setIsBig] = useState(localStorage.getItem(SIZE) === 'big');
  useEffect(() => {
    document.documentElement.classList.toggle('big', isBig);
    localStorage.setItem(SIZE, isBig ? 'big' : 'normal');
  }, [isBig]);
  return (
    <button
      type="button"
      className="plain"
      aria-pressed={isBig}
      onClick={() => {
        setIsBig(!isBig);
      }}
    >
      A+ <span className="visually-hidden">{words.bigger}</span>
    </button>
  );
}

/** Always in sight: nobody watches this page at night. */
function Emergency() {
  const { words } = usePage();
  return (
    <footer className="emergency">
      <p>
        <strong>{words.emergency}</strong> <span className="wide">{words.emergencyText}</span>
      </p>
      <ul>
        <li>
          <a href="tel:15" aria-label={words.emergency15}>
            15
          </a>
        </li>
        <li>
          <a href="tel:112" aria-label={words.emergency112}>
            112
          </a>
        </li>
        <li>
          <a href="sms:114" aria-label={words.emergency114}>
            114
          </a>
        </li>
      </ul>
    </footer>
  );
}
