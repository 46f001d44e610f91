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
  ['ifosfamide', cleared('K', 'adapted from 60 mL/min')],
  ['raltitrexed', cleared('K', 'adapted from 65 mL/min, contraindicated below 25')],
  ['trifluridine/tipiracil', cleared('K', 'adapted below 30 mL/min')],
  ['irinotecan', cleared('K', 'label: no data with an impaired kidney')],
  ['pamidronic acid', cleared('K', 'not below 30 mL/min')],
  ['metformin', cleared('K', 'adapted from 45 mL/min')],
  ['lithium', cleared('K', 'leaves by the kidney')],
  ['gentamicin', cleared('K', 'leaves by the kidney')],
  ['amikacin', cleared('K', 'leaves by the kidney')],
  ['tobramycin', cleared('K', 'leaves by the kidney')],
  ['vancomycin', cleared('K', 'leaves by the kidney')],
  ['aciclovir', cleared('K', 'leaves by the kidney')],
  ['trastuzumab', otherwise('antibody: no renal rule')],
  ['pertuzumab', otherwise('antibody: no renal rule')],
  ['trastuzumab emtansine', otherwise('antibody: no renal rule')],
  ['trastuzumab deruxtecan', otherwise('antibody: no renal rule')],
  ['bevacizumab', otherwise('antibody: no renal rule for the dose; proteinuria is another rule')],
  ['cetuximab', otherwise('antibody: no renal rule')],
  ['panitumumab', otherwise('antibody: no renal rule')],
  ['pembrolizumab', otherwise('antibody: no renal rule')],
  ['nivolumab', otherwise('antibody: no renal rule')],
  ['fluorouracil', otherwise('degraded by DPD in the liver')],
  ['5-fu', otherwise('degraded by DPD in the liver')],
  ['folinic acid', otherwise('no renal rule')],
  ['tamoxifen', otherwise('cleared by the liver')],
  ['letrozole', otherwise('cleared by the liver')],
  ['anastrozole', otherwise('cleared by the liver')],
  ['exemestane', otherwise('cleared by the liver')],
  ['paclitaxel', otherwise('cleared by the liver')],
  ['docetaxel', otherwise('cleared by the liver')],
  ['doxorubicin', otherwise('cleared by the liver')],
  ['epirubicin', otherwise('cleared mostly by the liver')],
]);

export const nameOfDrug = (drug: string): string => drug.trim().toLowerCase();
