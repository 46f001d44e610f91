import type { Holder } from './patient-link';

/** A step as pathways tells it, to a professional or to who reads as the patient does. */
interface ToldStep {
  readonly key?: string;
  readonly ref?: string;
  readonly label: string;
  readonly status: string;
  readonly latest?: string;
  readonly doneAt?: string;
  readonly booking?: { readonly startsAt?: string };
  readonly appointmentAt?: string;
}

export interface ToldPathway {
  readonly steps: readonly ToldStep[];
}

export interface ToldTask {
  readonly id: string;
  readonly pathwayId: string;
  readonly title: string;
  readonly ownerId?: string;
  readonly dueAt?: string;
  readonly status: string;
  readonly outcomes: readonly string[];
}

/** What a patient has asked of the team, as pathways tells it. */
export interface ToldRequest {
  readonly taskId: string;
  readonly text: string;
}

/** One page of a care plan: what is to come, what is done, and what is asked of whoever it is shared with. */
export interface SharedPlan {
  readonly steps: readonly {
    readonly ref: string;
    readonly label: string;
    readonly status: 'to-come' | 'done';
    readonly latest?: string;
    readonly doneAt?: string;
    readonly appointmentAt?: string;
  }[];
  /** `asked`: the patient's own words, which are answered there. */
  readonly tasks: readonly (Pick<ToldTask, 'id' | 'title' | 'dueAt' | 'outcomes'> & { readonly asked?: string })[];
}

const toCome = new Set(['due', 'late', 'to-come']);

/** The plan without rules, reasons, results or money: what one acts on in town. */
export function sharedPlanOf(
  pathway: ToldPathway,
  tasks: readonly ToldTask[],
  holder: Holder,
  requests: readonly ToldRequest[] = [],
): SharedPlan {
  const words = new Map(requests.map(({ taskId, text }) => [taskId, text]));
  const own = holder.kind === 'practitioner' ? holder.practitionerId : undefined;
  return {
    steps: pathway.steps
      .filter(({ status, label }) => label !== '' && (status === 'done' || toCome.has(status)))
      .map(({ key, ref, label, status, latest, doneAt, booking, appointmentAt = booking?.startsAt }) => ({
        ...{ ref: ref ?? key ?? label, label, status: status === 'done' ? 'done' : 'to-come' },
        ...(latest === undefined || status === 'done' ? {} : { latest }),
        ...(doneAt === undefined ? {} : { doneAt }),
        ...(appointmentAt === undefined ? {} : { appointmentAt }),
      })),
    tasks: tasks
      .filter(({ ownerId, status }) => own !== undefined && ownerId === own && status === 'open')
      .map(({ id, title, dueAt, outcomes }) => {
        const asked = words.get(id);
        return {
          ...{ id, title, outcomes },
          ...(dueAt === undefined ? {} : { dueAt }),
          ...(asked === undefined ? {} : { asked }),
        };
      }),
  };
}
