import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { PersonRole } from '@ariane/auth';
import type { TestedService } from '@ariane/testing/integration';
import type { Type } from '@nestjs/common';

/** Who signs in: in the service's own territory unless another is named. */
export interface Signed {
  readonly role: PersonRole;
  readonly practitionerId?: string;
  readonly patientId?: string;
  readonly trustedBy?: string;
  readonly territory?: string;
}

/** How a route is asked for. Without a sample, ids in its path are nobody's and its body is empty. */
export interface Sample {
  readonly path?: string;
  /** A valid body: sent by whom the answer must be hidden from, so that nothing changes. */
  readonly body?: object;
  /** What a list holds for who may see it, and for nobody else. */
  readonly mark?: string;
  /** What it asks for is not there, as it takes months to come about: only refusals and hiding can be told apart. */
  readonly absent?: true;
}

/** What is in a service's database, and who stands in every relation to it. */
export interface World {
  /** What everybody sends with every request. */
  readonly headers?: Readonly<Record<string, string>>;
  /** What somebody who signs in sends beside a token, as a browser sends a cookie to the portal. */
  readonly headersOf?: (name: string, person: Signed) => Promise<Readonly<Record<string, string>>>;
  readonly practitionerId: string;
  readonly patientId: string;
  readonly samples: Readonly<Record<string, Sample>>;
  /** What no answer to finance may hold. */
  readonly secrets: readonly string[];
}

/** The fields of answers that a world is built with. */
export interface Told {
  readonly id: string;
  readonly code?: string;
  readonly sha256?: string;
  readonly items?: readonly Told[];
}

export interface Making {
  readonly service: TestedService<Told>;
  readonly load: Load;
}
type Load = <T>(file: string) => Promise<T>;

const root = join(__dirname, '..', '..');
/** A file of a service. Services have no package to import; each caller names what the file exports. */
export const loadFile = async <T>(file: string): Promise<T> => (await import(join(root, 'services', file))) as T;
/** A module of a service, by what its file exports it as. */
export const fromFile = async (file: string, name: string): Promise<Type> => {
  const module = (await loadFile<Record<string, Type>>(file))[name];
  if (module === undefined) throw new Error(`${file} exports no ${name}`);
  return module;
};

/** What goes with a command that is handled without a request. */
export const contextIn = (territory: string) => {
  const id = randomUUID();
  return {
    messageId: id,
    correlationId: id,
    causationId: id,
    consumer: 'test',
    territory,
    actor: 'service:test',
    now: '2026-03-02T08:00:00Z',
  };
};
