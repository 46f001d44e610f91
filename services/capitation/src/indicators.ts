import { rational, type Rational } from '@ariane/kernel';

/** What an indicator measures, with its definition: nothing is shown without it. */
export interface Indicator {
  readonly id: string;
  readonly version: number;
  readonly unit: 'EUR' | 'd' | '1' | '%';
  readonly fr: string;
  readonly en: string;
  readonly numerator: string;
  readonly denominator: string;
  readonly source: string;
}

const perPathway = (id: string, unit: Indicator['unit'], fr: string, en: string, numerator: string): Indicator => ({
  ...{ id, version: 1, unit, fr, en, numerator, denominator: 'pathways', source: 'entries and evidence of capitation' },
});

/** Every indicator, in the order in which it is shown. */
export const indicators = {
  cost: perPathway('cost', 'EUR', 'Coût par parcours', 'Cost per pathway', 'amounts due by payers'),
  firstAct: {
    ...perPathway('firstAct', 'd', 'Délai jusqu’au premier acte', 'Delay to the first act', 'days from enrolment'),
    denominator: 'pathways with an act after their enrolment',
  },
  end: {
    ...perPathway('end', 'd', 'Délai jusqu’à la fin', 'Delay to the end', 'days from enrolment'),
    denominator: 'pathways that have ended',
  },
  visits: perPathway('visits', '1', 'Consultations par parcours', 'Visits per pathway', 'visits attended'),
  opinions: perPathway('opinions', '1', 'Avis par parcours', 'Opinions per pathway', 'opinions signed'),
  adherence: {
    ...perPathway('adherence', '%', 'Observance des consultations', 'Adherence to visits', 'visits attended'),
    ...{ denominator: 'visits planned', source: 'not heard by capitation' },
  },
  visitsPerMember: {
    ...{
      id: 'visitsPerMember',
      version: 1,
      unit: '1',
      fr: 'Consultations par patient inscrit',
      en: 'Visits per member',
    },
    ...{ numerator: 'visits attended in the month', denominator: 'members of the month’s last run' },
    source: 'evidence and roster runs of capitation',
  },
  closedInTime: {
    ...{ id: 'closedInTime', version: 1, unit: '%', fr: 'Mois clos à temps', en: 'Months closed in time' },
    ...{ numerator: 'months closed within 7 days of their end', denominator: 'months ended 7 days ago or more' },
    source: 'closings of the book',
  },
} as const satisfies Readonly<Record<string, Indicator>>;

export type IndicatorId = keyof typeof indicators;

/** A value with what it was made from; or why there is none: facts that nobody tells, or none to count yet. */
export type Measured =
  | {
      readonly id: IndicatorId;
      readonly state: 'MEASURED';
      readonly value: Rational;
      readonly numerator: Rational;
      readonly denominator: bigint;
    }
  | { readonly id: IndicatorId; readonly state: 'NOT_ASSESSED'; readonly reason: string };

/** A measure as a share of a count; a count of nothing is missing, never zero. */
export function measured(id: IndicatorId, numerator: Rational, denominator: bigint): Measured {
  if (denominator === 0n) {
    return { id, state: 'NOT_ASSESSED', reason: `missing: ${indicators[id].denominator}` };
  }
  const value = rational(numerator.numerator, numerator.denominator * denominator);
  return { id, state: 'MEASURED', value, numerator, denominator };
}
