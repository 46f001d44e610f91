/** What the table knows of a drug's harm to the kidney, and of its part in a harmful combination. */
export interface NephrotoxicDrug {
  readonly nephrotoxic: boolean;
  /** Blocker of the renin-angiotensin system, diuretic or anti-inflammatory: the three together harm the kidney. */
  readonly family?: 'RAAS' | 'diuretic' | 'NSAID';
  readonly why: string;
}

const toxic = (why: string): NephrotoxicDrug => ({ nephrotoxic: true, why });
const otherwise = (why: string): NephrotoxicDrug => ({ nephrotoxic: false, why });
const family = (of: 'RAAS' | 'diuretic' | 'NSAID', why: string): NephrotoxicDrug => ({
  nephrotoxic: of === 'NSAID',
  family: of,
  why,
});

const each = (names: readonly string[], drug: NephrotoxicDrug) => names.map((name) => [name, drug] as const);

/**
 * Drugs by international name; general knowledge throughout, to be confirmed by the deployer's clinician. A drug that
 * is not here is not assessed, which is no statement that it is safe.
 */
export const nephrotoxicDrugs: ReadonlyMap<string, NephrotoxicDrug> = new Map([
  ...each(['cisplatin', 'ifosfamide', 'streptozocin'], toxic('harms the tubule')),
  ...each(['methotrexate'], toxic('crystals in the tubule at high dose')),
  ...each(['pemetrexed'], toxic('harms the tubule')),
  ...each(['mitomycin', 'gemcitabine'], toxic('thrombotic microangiopathy')),
  ...each(['bevacizumab', 'aflibercept', 'ramucirumab'], toxic('proteinuria and thrombotic microangiopathy')),
  ...each(['zoledronic acid', 'pamidronic acid'], toxic('harms tubule and glomerulus')),
  ...each(['pembrolizumab', 'nivolumab', 'ipilimumab', 'atezolizumab'], toxic('immune nephritis')),
  ...each(['gentamicin', 'amikacin', 'tobramycin', 'vancomycin', 'colistin'], toxic('harms the tubule')),
  ...each(['amphotericin b', 'aciclovir', 'tenofovir disoproxil'], toxic('harms the tubule')),
  ...each(['ciclosporin', 'tacrolimus'], toxic('narrows the vessels of the glomerulus')),
  ...each(['lithium'], toxic('chronic interstitial nephritis')),
  ...each(['ibuprofen', 'ketoprofen', 'diclofenac', 'naproxen', 'celecoxib'], family('NSAID', 'anti-inflammatory')),
  ...each(
    ['ramipril', 'perindopril', 'enalapril', 'lisinopril'],
    family('RAAS', 'blocks the renin-angiotensin system'),
  ),
  ...each(
    ['losartan', 'valsartan', 'irbesartan', 'candesartan'],
    family('RAAS', 'blocks the renin-angiotensin system'),
  ),
  ...each(['furosemide', 'hydrochlorothiazide', 'indapamide', 'spironolactone'], family('diuretic', 'diuretic')),
  ...each(['trastuzumab', 'pertuzumab', 'cetuximab', 'panitumumab'], otherwise('antibody without direct harm')),
  ...each(['paclitaxel', 'docetaxel', 'doxorubicin', 'epirubicin'], otherwise('not known to harm the kidney')),
  ...each(['fluorouracil', '5-fu', 'capecitabine', 'oxaliplatin'], otherwise('not known to harm the kidney directly')),
  ...each(['irinotecan', 'folinic acid', 'eribulin', 'etoposide'], otherwise('not known to harm the kidney directly')),
  ...each(['carboplatin', 'cyclophosphamide'], otherwise('little direct harm at usual doses')),
  ...each(['raltitrexed', 'trifluridine/tipiracil'], otherwise('not known to harm the kidney directly')),
  ...each(['trastuzumab emtansine', 'trastuzumab deruxtecan'], otherwise('not known to harm the kidney directly')),
  ...each(['tamoxifen', 'letrozole', 'anastrozole', 'exemestane'], otherwise('not known to harm the kidney')),
  ...each(['bleomycin', 'topotecan', 'lenalidomide'], otherwise('not known to harm the kidney directly')),
  ...each(['metformin', 'paracetamol'], otherwise('not known to harm the kidney')),
]);
