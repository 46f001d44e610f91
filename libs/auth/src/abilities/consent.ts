/** A patient's agreement that information be shared with somebody for a purpose. */
export interface Consent {
  /** A code; `care` is the only one asked for so far. */
  readonly purpose: string;
  /** The directory's id of who may know. */
  readonly recipient: string;
}

/** The three cases in which the law takes professionals for one care team (art. L. 1110-12 CSP). */
const teamGrounds: readonly string[] = ['same-establishment', 'patient-designated', 'regulated-team'];

/**
 * Whether what concerns a patient may be shared with a professional. For care within a care team it is held to be
 * entrusted to all of it (art. L. 1110-4 III CSP), and no consent is asked; for anything else the patient's own is
 * needed, for that purpose and that recipient. Nothing records consents yet, so that then the answer is no.
 *
 * @param ground why the professional is in the care team
 * @param consents those of the patient that hold now; where they are kept, they enter here
 */
export const consentAllows = (
  { purpose, ground, recipient }: { readonly purpose: string; readonly ground: string; readonly recipient: string },
  consents: readonly Consent[] = [],
): boolean =>
  (purpose === 'care' && teamGrounds.includes(ground)) ||
  consents.some((given) => given.purpose === purpose && given.recipient === recipient);
