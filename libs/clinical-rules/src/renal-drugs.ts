/** What the table knows of a drug's way out of the body. */
export interface RenalDrug {
  readonly renallyCleared: boolean;
  /** `S` read in a named source, `K` general knowledge to be confirmed by the deployer's clinician. */
  readonly ground: 'S' | 'K';
  readonly source: string;
}

const cleared = (ground: 'S' | 'K', source: string): RenalDrug => ({ renallyCleared: true, ground, source });
const otherwise = (source: string): RenalDrug => ({ renallyCleared: false, ground: 'K', source });

/**
 * Drugs by international name. A drug that is not here is not assessed, which is no statement that it is safe. The
 * table holds no dose: whoever reviews goes to the label.
 */
export const renalDrugs: ReadonlyMap<string, RenalDrug> = new Map([
  ['capecitabine', cleared('S', 'label: adapted at 30-50 mL/min, contraindicated below 30')],
  ['oxaliplatin', cleared('S', 'French label: contraindicated below 30 mL/min')],
  ['bleomycin', cleared('S', 'label: adapted from 50 mL/min')],
  ['carboplatin', cleared('K', 'dosed on clearance (Calvert)')],
  ['cisplatin', cleared('K', 'label: from 60 mL/min')],
  ['methotrexate', cleared('K', 'adapted from 60 mL/min')],
  ['pemetrexed', cleared('K', 'not below 45 mL/min')],
  ['zoledronic acid', cleared('K', 'adapted from 60 mL/min')],
  ['lenalidomide', cleared('K', 'adapted from 50 mL/min')],
  ['eribulin', cleared('K', 'adapted from 50 mL/min')],
  ['topotecan', cleared('K', 'adapted from 40 mL/min')],
  ['etoposide', cleared('K', 'adapted from 50 mL/min')],
  ['cyclophosphamide', cleared('K', 'active metabolites leave by the kidney')],
  ['metformin', cleared('K', 'adapted from 45 mL/min')],
  ['trastuzumab', otherwise('antibody: no renal rule')],
  ['pertuzumab', otherwise('antibody: no renal rule')],
  ['paclitaxel', otherwise('cleared by the liver')],
  ['docetaxel', otherwise('cleared by the liver')],
  ['doxorubicin', otherwise('cleared by the liver')],
  ['epirubicin', otherwise('cleared mostly by the liver')],
]);

export const nameOfDrug = (drug: string): string => drug.trim().toLowerCase();
