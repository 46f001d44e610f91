/** A step as the patient reads it. */
export interface PatientStep {
  readonly ref: string;
  readonly label: string;
  readonly status: 'to-come' | 'done';
  readonly latest?: string;
  readonly doneAt?: string;
  readonly appointmentAt?: string;
}

const dueAt = ({ appointmentAt, latest }: PatientStep): string => appointmentAt ?? latest ?? '9999';

/** What is to come, the soonest first; what is done, the latest first. A step without a label has nothing to say. */
export function inOrder(steps: readonly PatientStep[]): {
  readonly toCome: readonly PatientStep[];
  readonly done: readonly PatientStep[];
} {
  const shown = steps.filter(({ label }) => label !== '');
  return {
    toCome: shown
      .filter(({ status }) => status === 'to-come')
      .sort((one, other) => dueAt(one).localeCompare(dueAt(other))),
    done: shown
      .filter(({ status }) => status === 'done')
      .sort((one, other) => (other.doneAt ?? '').localeCompare(one.doneAt ?? '')),
  };
}
