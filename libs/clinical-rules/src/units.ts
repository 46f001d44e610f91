/** What is measured, with the unit that the rules count in. */
export type Kind = 'creatinine' | 'weight' | 'height' | 'uracil' | 'reported-egfr' | 'acr';

/**
 * UCUM codes to the unit that the rules count in: µmol/L (creatinine, 1 mg/dL = 88.4), kg, cm, ng/mL, mL/min/1.73 m²,
 * and mg of albumin per g of creatinine in urine (1 mg/mmol = 8.84). A reported eGFR written in mL/min is by its LOINC
 * code already per 1.73 m².
 */
const factors: Readonly<Record<Kind, Readonly<Record<string, number>>>> = {
  creatinine: { 'umol/L': 1, 'mmol/L': 1000, 'mg/dL': 88.4, 'mg/L': 8.84 },
  weight: { kg: 1, g: 0.001, '[lb_av]': 0.45359237 },
  height: { cm: 1, m: 100, '[in_i]': 2.54 },
  uracil: { 'ng/mL': 1, 'ug/L': 1 },
  'reported-egfr': { 'mL/min/{1.73_m2}': 1, 'mL/min/1.73.m2': 1, 'mL/min': 1 },
  acr: { 'mg/g': 1, 'mg/g{creat}': 1, 'mg/mmol': 8.84, 'mg/mmol{creat}': 8.84, 'g/g': 1000 },
};

/** Outside of these an adult's value is more likely a wrong unit than a finding, so it counts as unknown. */
const plausible: Readonly<Record<Kind, readonly [number, number]>> = {
  creatinine: [10, 2500],
  weight: [25, 350],
  height: [100, 250],
  uracil: [0, 10_000],
  'reported-egfr': [0, 250],
  acr: [0.1, 30_000],
};

export type Converted = { readonly value: number } | { readonly unknown: 'unit-unknown' | 'implausible' };

/** A value in the rules' own unit, or why it is unknown. A unit is a UCUM code; nothing is guessed from the size. */
export function convert(kind: Kind, value: number, unit: string): Converted {
  const factor = Object.hasOwn(factors[kind], unit) ? factors[kind][unit] : undefined;
  if (factor === undefined) return { unknown: 'unit-unknown' };
  const converted = value * factor;
  const [least, most] = plausible[kind];
  return converted >= least && converted <= most ? { value: converted } : { unknown: 'implausible' };
}
