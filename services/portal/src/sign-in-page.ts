import { createHash } from 'node:crypto';
import { type ProblemCode, problems } from '@ariane/contracts';
import { problemText } from '@ariane/kernel';
import type { Lack } from './person-of-claims';

type Language = 'fr' | 'en';

/** Why a sign-in opened no session. */
export interface RefusedSignIn {
  readonly code: ProblemCode;
  readonly lacks?: readonly Lack[];
  /** Where the person signs out of the account that lacks something, to take another. */
  readonly elsewhere?: string;
}

const lackTexts: Readonly<Record<Lack, Readonly<Record<Language, string>>>> = {
  subject: { fr: 'un identifiant de personne', en: 'an identifier of the person' },
  roles: { fr: 'un rôle dans Ariane', en: 'a role in Ariane' },
  territory: { fr: 'un territoire', en: 'a territory' },
};

/** What an account lacks, in the reader's language. */
export const lackText = (lack: Lack, language: Language): string => lackTexts[lack][language];

const words = {
  fr: {
    title: 'Connexion impossible',
    again: 'Recommencer',
    other: 'Utiliser un autre compte',
    whom: 'La personne qui gère les comptes de votre établissement ou de votre territoire peut le compléter.',
    emergency: 'Urgence : appelez le 15, le 112 ou le 114.',
  },
  en: {
    title: 'Sign-in did not succeed',
    again: 'Try again',
    other: 'Use another account',
    whom: 'Whoever manages accounts in your institution or territory can complete it.',
    emergency: 'Emergency: call 15, 112 or 114.',
  },
} as const;

const css = `:root{color-scheme:light dark;--ground:#f4f6f7;--card:#fff;--ink:#17282e;--soft:#4a5f66;--act:#0b6168}
@media (prefers-color-scheme:dark){:root{--ground:#10191c;--card:#1a272b;--ink:#eaf1f2;--soft:#aebfc4;--act:#7fd3d6}}
body{margin:0;min-height:100vh;display:grid;place-items:center;background:var(--ground);color:var(--ink);
font:1rem/1.5 system-ui,sans-serif}
main{box-sizing:border-box;width:min(34rem,100%);padding:2rem;background:var(--card);border-radius:12px}
h1{margin:0 0 .75rem;font-size:1.375rem;line-height:1.25}p{margin:0 0 1rem}.soft{color:var(--soft)}
a{color:var(--act);display:inline-block;padding:.5rem 1rem .5rem 0;font-weight:600}`;

const policy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(css).digest('base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

/** The page that says why a sign-in opened no session and what to do; with its status and its security policy. */
export function signInPage(
  { code, lacks = [], elsewhere }: RefusedSignIn,
  language: Language,
): { readonly html: string; readonly status: number; readonly policy: string } {
  const { title, again, other, whom, emergency } = words[language];
  const missing = lacks.map((lack) => lackText(lack, language)).join(', ');
  const html = `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>${title} – Ariane</title><style>${css}</style></head>
<body><main><h1>${title}</h1>
<p>${escaped(problemText(code, language, { missing }))}</p>
${lacks.length > 0 ? `<p>${whom}</p>` : ''}
<p><a href="/auth/login?to=/">${again}</a>${elsewhere === undefined ? '' : `<a href="${escaped(elsewhere)}">${other}</a>`}</p>
<p class="soft">${emergency}</p></main></body></html>
`;
  return { html, status: problems[code].status, policy };
}

const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
