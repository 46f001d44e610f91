import type { Holder } from './patient-link';

type Language = 'fr' | 'en';

/** What a message says. Neither diagnosis nor protocol nor hospital stands in it, whoever looks over a shoulder. */
interface Written {
  readonly subject: string;
  readonly text: string;
}

const ownPage = {
  fr: {
    subject: 'Votre page Ariane',
    text: 'Votre équipe de soins vous ouvre une page personnelle : vos rendez-vous, la suite et qui lit votre dossier. Le lien est pour vous seul·e ; un code vous sera demandé.',
  },
  en: {
    subject: 'Your Ariane page',
    text: 'Your care team opens a page of your own for you: your appointments, what comes next and who reads your file. The link is for you alone; you will be asked for a code.',
  },
} as const;

const sharedPage = {
  fr: {
    subject: 'Un plan de soins partagé avec vous',
    text: 'Une équipe de soins partage avec vous le plan d’une personne que vous accompagnez. Le lien est personnel ; un code vous sera demandé.',
  },
  en: {
    subject: 'A care plan shared with you',
    text: 'A care team shares with you the plan of a person you care for. The link is personal; you will be asked for a code.',
  },
} as const;

/** The message with a link. */
export const linkMessage = ({ kind }: Holder, language: Language): Written =>
  (kind === 'patient' || kind === 'trusted-person' ? ownPage : sharedPage)[language];

/** The message with a code. */
export const codeMessage = (code: string, language: Language): Written =>
  language === 'fr'
    ? {
        subject: 'Votre code Ariane',
        text: `Code : ${code}. Valable 10 minutes. Personne d’Ariane ne vous le demandera.`,
      }
    : {
        subject: 'Your Ariane code',
        text: `Code: ${code}. Valid for 10 minutes. Nobody from Ariane will ask you for it.`,
      };

const appointmentTexts = {
  fr: {
    booked: ['Rendez-vous pris', 'Un rendez-vous est pris pour vous'],
    moved: ['Rendez-vous déplacé', 'Votre rendez-vous est déplacé'],
    cancelled: ['Rendez-vous annulé', 'Un de vos rendez-vous est annulé ; votre équipe vous en proposera un autre'],
  },
  en: {
    booked: ['Appointment booked', 'An appointment is booked for you'],
    moved: ['Appointment moved', 'Your appointment is moved'],
    cancelled: ['Appointment cancelled', 'One of your appointments is cancelled; your team will offer you another'],
  },
} as const;

/**
 * The message about an appointment: when, and nothing of why or with whom.
 *
 * @param startsAt UTC instant; absent where it is cancelled
 */
export function appointmentMessage(
  what: keyof (typeof appointmentTexts)['fr'],
  startsAt: string | undefined,
  { language, timeZone }: { readonly language: Language; readonly timeZone: string },
): Written {
  const [subject, text] = appointmentTexts[language][what];
  if (startsAt === undefined) return { subject, text: `${text}.` };
  const options = { weekday: 'long', day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit' } as const;
  const when = new Intl.DateTimeFormat(language, { ...options, timeZone }).format(new Date(startsAt));
  return { subject, text: language === 'fr' ? `${text} : ${when}.` : `${text}: ${when}.` };
}
