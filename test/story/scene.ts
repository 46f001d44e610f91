import type { Api } from './api.ts';
import type { Assessment } from './assessment.ts';
import type { Course, Fact } from './courses.ts';
import type { Territory } from './territory.ts';

export interface Step {
  readonly key: string;
  readonly kind: string;
  readonly status: string;
  readonly role: string;
  readonly label: string;
  readonly dueFrom?: string;
  readonly latest?: string;
  readonly waitingFor: readonly string[];
}
export interface Pathway {
  readonly id: string;
  readonly status: string;
  readonly steps: readonly Step[];
  readonly outstanding: readonly { readonly service: string; readonly stepKey: string }[];
  readonly settled: boolean;
  readonly assessments?: readonly Assessment[];
}
/** Something a person does at an instant of the story. */
export interface Act {
  readonly at: string;
  readonly who: string;
  readonly what: string;
  readonly run: () => Promise<void>;
}

export interface Scene {
  readonly api: Api;
  readonly territory: Territory;
  readonly course: Course;
  readonly pathwayId: string;
  readonly patientId: string;
  readonly now: string;
  readonly pathway: Pathway;
  /** Told as it happens. */
  readonly tell: (who: string, what: string) => void;
  /** What the creatinine of this patient is, for checks before a cycle; undefined leaves it to the record. */
  readonly creatinine: Fact | undefined;
}

/** The step's id in the protocol, without the number of its repetition. */
export const stepIdOf = (key: string): string => key.split('#')[0] ?? key;

export const later = (instant: string, hours: number): string =>
  new Date(Date.parse(instant) + hours * 3_600_000).toISOString();
