import { type Api, keyOf, Refused } from './api.ts';
import type { Course, Fact } from './courses.ts';

/** What the register knows of a person, as far as a story needs it. */
interface Patient {
  readonly id: string;
  readonly birthDate: string;
  readonly sex: string;
  readonly deceasedAt?: string;
  readonly conditions: readonly { readonly system: string; readonly code: string; readonly onset?: string }[];
  readonly measurements: readonly {
    readonly code: string;
    readonly value: number;
    readonly unit: string;
    readonly measuredAt: string;
  }[];
}

/** A patient whom an import brought, and what the record makes of the course. */
export interface Imported {
  readonly patientId: string;
  readonly hasBreastCancer: boolean;
  /** Of the newest condition or measurement; undefined for an empty record. */
  readonly newestFact: string | undefined;
  readonly course: Course;
  /** What the record holds of what drives the plan, line by line. */
  readonly lines: readonly string[];
}

/** C50 of the ICD-10, and the malignant neoplasms of breast that SNOMED CT tells apart in the data at hand. */
const isBreastCancer = ({ code }: { readonly code: string }): boolean =>
  /^C50/.test(code) || ['254837009', '353431000119107', '408643008', '372137005', '1080261000119100'].includes(code);
const isKidneyDisease = ({ code }: { readonly code: string }): boolean =>
  /^N18/.test(code) || ['431855005', '431856006', '433144002', '431857002', '433146000', '46177005'].includes(code);

const kinds: Readonly<Record<string, string>> = {
  ...{ '2160-0': 'creatinine', '38483-4': 'creatinine', '14682-9': 'creatinine' },
  ...{ '33914-3': 'reported eGFR', '48642-3': 'reported eGFR', '62238-1': 'reported eGFR' },
  ...{ '69405-9': 'reported eGFR', '98979-8': 'reported eGFR', '29463-7': 'weight', '3141-9': 'weight' },
};
/** Around the menopause between these ages; said only of women. */
const MENOPAUSE_FROM = 45;
const MENOPAUSE_TO = 55;

/** Reads the record of an imported patient, which then drives the course: diagnosis, age, kidney function, weight. */
export async function importedPatient(api: Api, patientId: string, course: Course): Promise<Imported> {
  const patient = await api.get<Patient>('coordinator', 'pathways', `/patients/${patientId}`);
  const newestFact = newestOf(patient);
  const now = await api.now();
  const day = newestFact !== undefined && Date.parse(newestFact) > Date.parse(now) ? newestFact : now;
  const age = ageOn(patient.birthDate, day);
  const cancer = patient.conditions.find(isBreastCancer);
  return {
    patientId,
    hasBreastCancer: cancer !== undefined,
    newestFact,
    course: drivenBy(course, { age, sex: patient.sex, hasBreastCancer: cancer !== undefined }),
    lines: linesOf(patient, age),
  };
}

/** The clock goes to the record's newest fact; a record that ends before today begins today. */
export async function untilNewestFact(api: Api, { newestFact }: Imported): Promise<void> {
  if (newestFact === undefined) return;
  for (let now = await api.now(); Date.parse(now) < Date.parse(newestFact);) ({ now } = await api.step(newestFact));
}

/** Cancer is added to a record that had none, once it has been announced. */
export async function addBreastCancer(api: Api, imported: Imported, pathwayId: string): Promise<void> {
  const id = keyOf(pathwayId, 'diagnosis');
  const diagnosis = { id, system: 'CIM-10', code: 'C50.9', onset: (await api.now()).slice(0, 10) };
  try {
    const path = `/patients/${imported.patientId}/conditions`;
    await api.post({ role: 'coordinator' }, 'pathways', path, diagnosis, keyOf(pathwayId, 'add-diagnosis'));
  } catch (error) {
    // Told again on another day, the same diagnosis is there already.
    if (!(error instanceof Refused) || error.status !== 409) throw error;
  }
}

function newestOf({ conditions, measurements }: Patient): string | undefined {
  const dates = [
    ...measurements.map(({ measuredAt }) => measuredAt),
    ...conditions.flatMap(({ onset }) => onset ?? []),
  ];
  return dates
    .map((date) => Date.parse(date))
    .filter((at) => !Number.isNaN(at))
    .sort((a, b) => a - b)
    .slice(-1)
    .map((at) => new Date(at).toISOString())[0];
}

function ageOn(birthDate: string, day: string): number {
  const years = Number(day.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return day.slice(5, 10) < birthDate.slice(5, 10) ? years - 1 : years;
}

/** Where the record says malignant, the biopsy is not ambiguous; and nobody asks a man of his menopause. */
function drivenBy(
  course: Course,
  { age, sex, hasBreastCancer }: { readonly age: number; readonly sex: string; readonly hasBreastCancer: boolean },
): Course {
  const state = age < MENOPAUSE_FROM ? 'before' : age <= MENOPAUSE_TO ? 'around' : 'after';
  const others = (facts: readonly Fact[] | undefined, code: string): readonly Fact[] =>
    (facts ?? []).filter((fact) => fact.code !== code);
  const menopause: readonly Fact[] = sex === 'female' ? [{ code: 'patient.menopause', value: state }] : [];
  const pathology: readonly Fact[] = hasBreastCancer
    ? [...others(course.results.pathology, 'biopsy.result'), { code: 'biopsy.result', value: 'malignant' }]
    : (course.results.pathology ?? []);
  const entry = [...others(course.results.entry, 'patient.menopause'), ...menopause];
  return { ...course, results: { ...course.results, entry, pathology } };
}

function linesOf({ conditions, measurements, sex, deceasedAt }: Patient, age: number): readonly string[] {
  const told = conditions.filter((one) => isBreastCancer(one) || isKidneyDisease(one));
  const diagnoses = told.map(
    ({ system, code, onset }) => `${system} ${code}${onset ? ` (${onset.slice(0, 10)})` : ''}`,
  );
  return [
    `${sex}, ${age} years${age >= 75 ? ': a G8 is due' : ''}${deceasedAt === undefined ? '' : `, died ${deceasedAt}`}`,
    `diagnoses: ${diagnoses.join(', ') || 'neither breast cancer nor kidney disease'}`,
    ...['creatinine', 'reported eGFR', 'weight'].map((kind) => `${kind}: ${newestDayOf(measurements, kind)}`),
  ];
}

/** What was measured on the last day on which it was, in the unit of the source. */
function newestDayOf(measurements: Patient['measurements'], kind: string): string {
  const all = measurements.filter(({ code }) => kinds[code] === kind);
  const last = all
    .map(({ measuredAt }) => measuredAt.slice(0, 10))
    .sort()
    .at(-1);
  if (last === undefined) return 'none';
  const values = all
    .filter(({ measuredAt }) => measuredAt.startsWith(last))
    .map(({ value, unit }) => `${value} ${unit}`);
  return `${values.join(' and ')} on ${last}`;
}
