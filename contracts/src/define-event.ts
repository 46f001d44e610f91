import type { Static, TObject, TSchema } from '@sinclair/typebox';
import { Type } from '@sinclair/typebox';

/**
 * How closely a field touches a person. `direct` names one (traits, registry numbers), `indirect` could be joined to
 * one (our ids, dates), `health` says something of a person's health, `none` is neither. Masking, the register of
 * processing, the patient's access report and the canary tests are folded from it.
 */
export type PrivacyClass = 'direct' | 'indirect' | 'health' | 'none';

const classified =
  (privacy: PrivacyClass) =>
  <T extends TSchema>(schema: T): T => ({ ...schema, privacy });

export const direct = classified('direct');
export const indirect = classified('indirect');
export const health = classified('health');
export const none = classified('none');

export const services = ['pathways', 'scheduling', 'tele-expertise', 'meetings', 'capitation', 'portal'] as const;
export type Service = (typeof services)[number];

/** One fact a service publishes. The value is JSON Schema; the TypeScript type is inferred from it. */
export interface EventContract<T extends TObject = TObject> {
  readonly service: Service;
  readonly fact: string;
  readonly version: number;
  /** The CloudEvents type: `ariane.<service>.<Fact>.v<version>`. */
  readonly type: string;
  /** What the fact says, for the published catalogue. */
  readonly about: string;
  readonly data: T;
  readonly example: Static<T>;
}

/** The Kafka topic on which a service publishes all its facts. */
export const topicOf = (service: Service): string => `ariane.${service}`;

/** Declares the facts of one service: name to {about, data, example}. Unknown fields are refused. */
export function defineEvents(service: Service) {
  return <T extends TObject>(fact: string, about: string, data: T, example: Static<T>): EventContract<T> => ({
    service,
    fact,
    version: 1,
    type: `ariane.${service}.${fact}.v1`,
    about,
    data: { ...data, additionalProperties: false },
    example,
  });
}

/** The union of `{type, data}` over a catalogue: what a service's deciders may return. */
export type EventOf<C extends Record<string, EventContract>> = {
  [K in keyof C & string]: { readonly type: K; readonly data: Static<C[K]['data']> };
}[keyof C & string];

const instantPattern = '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?Z$';

/** Our own ids: UUIDs that mean nothing without our database. */
export const Id = indirect(Type.String({ format: 'uuid' }));
export const OptionalId = Type.Optional(indirect(Type.String({ format: 'uuid' })));
/** Who signed in: the directory's id of a professional, or the subject of a token. */
export const Person = indirect(Type.String({ minLength: 1, maxLength: 128 }));
/** UTC, `2026-03-02T08:00:00Z`. */
export const Instant = indirect(Type.String({ pattern: instantPattern }));
export const OptionalInstant = Type.Optional(indirect(Type.String({ pattern: instantPattern })));
/** A civil day of the territory, `2026-03-02`. */
export const Day = indirect(Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' }));
/** A short code of ours or of a published nomenclature that says nothing of one person's health. */
export const Code = none(Type.String({ minLength: 1, maxLength: 80 }));
/** A code that says something of a person's health: which step, which decision. */
export const HealthCode = health(Type.String({ minLength: 1, maxLength: 120 }));
/** Free text about a person. */
export const HealthText = health(Type.String({ minLength: 1, maxLength: 4000 }));
export const OptionalHealthText = Type.Optional(health(Type.String({ minLength: 1, maxLength: 4000 })));
export const Sha256 = none(Type.String({ pattern: '^[0-9a-f]{64}$' }));
/** A version of a document that a pathway is pinned to. */
export const Pin = Type.Object(
  { id: Code, version: none(Type.Integer({ minimum: 1 })), sha256: Sha256 },
  { additionalProperties: false },
);
export type Pin = Static<typeof Pin>;
