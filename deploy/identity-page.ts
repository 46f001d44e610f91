import { createHash } from 'node:crypto';
import type { DemoPerson } from './identity-people.ts';

type Language = 'fr' | 'en';

const words = {
  fr: {
    title: 'Qui êtes-vous aujourd’hui ?',
    lead: 'Démonstration : personnes inventées, données de synthèse. Un clic suffit.',
    other: 'In English',
    groups: {
      care: 'Coordination et ville',
      specialists: 'Spécialistes et RCP',
      finance: 'Finances',
      territory: 'Territoire',
      patients: 'Patients et proches',
    },
    out: 'Se déconnecter ?',
    outText: 'Vous quitterez Ariane sur cet appareil.',
    yes: 'Se déconnecter',
    no: 'Rester connecté',
    gone: 'Vous êtes déconnecté',
    stale: 'Cette page n’est plus valable',
    back: 'Retour à Ariane',
  },
  en: {
    title: 'Who are you today?',
    lead: 'Demonstration: invented people, synthetic data. One click is enough.',
    other: 'En français',
    groups: {
      care: 'Coordination and town',
      specialists: 'Specialists and meeting',
      finance: 'Finance',
      territory: 'Territory',
      patients: 'Patients and relatives',
    },
    out: 'Sign out?',
    outText: 'You will leave Ariane on this device.',
    yes: 'Sign out',
    no: 'Stay signed in',
    gone: 'You are signed out',
    stale: 'This page is no longer valid',
    back: 'Back to Ariane',
  },
} as const;

const css = `:root{color-scheme:light dark;--ground:#eef2f2;--card:#fff;--ink:#14262b;--soft:#475b61;--line:#c5d2d3;--act:#0b5f66;--tint:#dcecec}
@media (prefers-color-scheme:dark){:root{--ground:#0e1719;--card:#182528;--ink:#e9f1f1;--soft:#a9bcbf;--line:#35494d;--act:#86d6d6;--tint:#1f3a3d}}
*{box-sizing:border-box}body{margin:0;background:var(--ground);color:var(--ink);font:1rem/1.5 system-ui,sans-serif}
main{max-width:64rem;margin:0 auto;padding:clamp(1rem,4vw,3rem)}
header{display:flex;flex-wrap:wrap;gap:.5rem 2rem;align-items:baseline;justify-content:space-between}
.mark{font-weight:700;letter-spacing:.02em;color:var(--act)}
h1{margin:.75rem 0 .25rem;font-size:clamp(1.5rem,4vw,2.125rem);line-height:1.15;text-wrap:balance}
h2{margin:2rem 0 .75rem;font-size:1rem;color:var(--soft)}
p{margin:0 0 1rem;color:var(--soft)}a{color:var(--act)}
ul{list-style:none;margin:0;padding:0;display:grid;gap:.75rem;grid-template-columns:repeat(auto-fill,minmax(min(18rem,100%),1fr))}
button{font:inherit;color:inherit;cursor:pointer}
.person{display:grid;grid-template-columns:auto 1fr;gap:.125rem .875rem;width:100%;height:100%;padding:.875rem 1rem;text-align:left;align-content:start;background:var(--card);border:1px solid var(--line);border-radius:12px}
.person:hover{border-color:var(--act);background:var(--tint)}
.person:focus-visible,.plain:focus-visible,a:focus-visible{outline:3px solid var(--act);outline-offset:2px}
.initials{grid-row:span 3;display:grid;place-items:center;width:2.75rem;height:2.75rem;border-radius:50%;background:var(--tint);color:var(--act);font-weight:700}
.who{font-weight:650}.name,.does{color:var(--soft);font-size:.9375rem}
.plain{padding:.625rem 1.25rem;margin:0 .75rem .75rem 0;border:1px solid var(--act);border-radius:10px;background:var(--card);color:var(--act);font-weight:650}`;

/** Styles by their digest alone; forms go here and, by the redirects that follow, back to the portal. */
export function identityPolicy(portalOrigin: string): string {
  const digest = createHash('sha256').update(css).digest('base64');
  return `default-src 'none'; style-src 'sha256-${digest}'; base-uri 'none'; form-action 'self' ${portalOrigin}; frame-ancestors 'none'`;
}

/** The page on which a visitor of the demo says who they are; a form of buttons, so that it needs no script. */
export function peoplePage(people: readonly DemoPerson[], action: string, language: Language): string {
  const { title, lead, other, groups } = words[language];
  const otherLanguage = language === 'fr' ? 'en' : 'fr';
  const sections = Object.entries(groups).map(([group, heading]) => {
    const cards = people.filter((one) => one.group === group).map((one) => card(one, language));
    return `<section aria-labelledby="${group}"><h2 id="${group}">${heading}</h2><ul>${cards.join('')}</ul></section>`;
  });
  const languageLink = `<a href="${action}?lang=${otherLanguage}" hreflang="${otherLanguage}" lang="${otherLanguage}">${other}</a>`;
  return page(
    title,
    language,
    `<header><span class="mark">Ariane</span>${languageLink}</header><h1>${title}</h1><p>${lead}</p>
<form method="post" action="${action}">${sections.join('\n')}</form>`,
  );
}

/** Asks whether to sign out; `form` is the provider's own, which carries its token. */
export function signOutPage(form: string, language: Language): string {
  const { out, outText, yes, no } = words[language];
  return page(
    out,
    language,
    `<span class="mark">Ariane</span><h1>${out}</h1><p>${outText}</p>${form}
<button class="plain" type="submit" form="op.logoutForm" value="yes" name="logout">${yes}</button>
<button class="plain" type="submit" form="op.logoutForm">${no}</button>`,
  );
}

/** What remains when there is nowhere to go on to: signed out, or a page that is too old. */
export function lastPage(what: 'gone' | 'stale', portalOrigin: string, language: Language): string {
  const { [what]: title, back } = words[language];
  return page(
    title,
    language,
    `<span class="mark">Ariane</span><h1>${title}</h1><p><a href="${portalOrigin}/">${back}</a></p>`,
  );
}

function card(person: DemoPerson, language: Language): string {
  const [who, does] = person[language];
  const words = person.name.replace('Démo ', '').split(' ');
  const initials = words.map((word) => word.charAt(0)).join('');
  return `<li><button class="person" name="person" value="${person.id}"><span class="initials" aria-hidden="true">${initials}</span><span class="who">${who}</span><span class="name">${person.name}</span><span class="does">${does}</span></button></li>`;
}

function page(title: string, language: Language, body: string): string {
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>${title} – Ariane</title><style>${css}</style></head><body><main>${body}</main></body></html>
`;
}
