import type { Transfer } from './kind';

/** A sentence of a statement in the two languages. */
export interface Reason {
  readonly fr: string;
  readonly en: string;
}

/** A sentence for everything that a calculation moves: what is missing here does not compile. */
const byCalculation: Readonly<Record<Transfer['code'], Reason>> = {
  SHARE_DUE: { fr: 'Part du forfait pour le travail accompli.', en: 'Share of the flat price for work done.' },
  CAPITATION_DUE: { fr: 'Capitation du mois pour les patients inscrits.', en: 'The month’s capitation for members.' },
  BUNDLE_DUE: { fr: 'Forfait dû par contrat.', en: 'Flat price due by contract.' },
  WITHHELD: { fr: 'Retenue jusqu’au résultat de qualité.', en: 'Withheld until quality is known.' },
  RELEASED: { fr: 'Retenue rendue selon la qualité.', en: 'Withheld amount released by quality.' },
  FORFEITED: { fr: 'Retenue perdue selon la qualité.', en: 'Withheld amount forfeited by quality.' },
  SAVINGS_DUE: { fr: 'Économies partagées selon le contrat.', en: 'Savings shared by contract.' },
  INSTALMENT_DUE: { fr: 'Échéance due selon le résultat.', en: 'Instalment due by outcome.' },
  REFUND_DUE: { fr: 'Remboursement dû selon le résultat.', en: 'Refund due by outcome.' },
  AMOUNT_DUE: { fr: 'Montant dû par contrat.', en: 'Amount due by contract.' },
  FEE_DUE: { fr: 'Acte rémunéré au tarif du contrat.', en: 'Act paid at the contract’s tariff.' },
  FEE_OFFSET: {
    fr: 'Déduction des actes déjà payés par ailleurs.',
    en: 'Deducted for acts paid already elsewhere.',
  },
  POOL_DUE: { fr: 'Part de l’enveloppe selon la clé votée.', en: 'Share of the pool by the voted key.' },
  POOL_SPENT: { fr: 'Prélèvement sur l’enveloppe selon le contrat.', en: 'Taken from the pool by contract.' },
  ACCRUAL_OUTSIDE: {
    fr: 'Soins hors équipe, estimés et non encore facturés.',
    en: 'Care outside the team, estimated and not yet billed.',
  },
};

const byCode: Readonly<Record<string, Reason>> = {
  ...byCalculation,
  PAYMENT: { fr: 'Paiement par virement.', en: 'Paid by transfer.' },
  PAYMENT_RETURNED: { fr: 'Virement rejeté par la banque.', en: 'Transfer returned by the bank.' },
  BANK: { fr: 'Mouvement de la banque.', en: 'Movement of the bank.' },
  RECEIPT: { fr: 'Encaissement.', en: 'Received.' },
  REVERSAL: { fr: 'Contrepassation d’une écriture.', en: 'Reversal of an entry.' },
  DISPUTE_OUTCOME: { fr: 'Suite donnée à une contestation.', en: 'Outcome of a dispute.' },
};

/** Every line of a statement has its sentence, the negative ones above all; a late one names the month it belongs to. */
export function reasonOf(line: {
  readonly code: string;
  readonly rev: number | null;
  readonly section?: string;
  readonly effPeriod?: string;
}): Reason {
  const { code, rev, section, effPeriod = '' } = line;
  const late = section === 'PRIOR_PERIOD';
  if (code === 'ADJUSTMENT') {
    const fr = `Correction ${rev ?? 1}${late ? ` du mois ${effPeriod}, déjà clos` : ''} : les faits connus ont changé.`;
    const en = `Correction ${rev ?? 1}${late ? ` of ${effPeriod}, closed before` : ''}: the facts known have changed.`;
    return { fr, en };
  }
  const reason = byCode[code] ?? { fr: 'Montant dû par contrat.', en: 'Amount due by contract.' };
  return late
    ? { fr: `${reason.fr} Mois ${effPeriod}, déjà clos.`, en: `${reason.en} Of ${effPeriod}, closed before.` }
    : reason;
}
