import { invariant } from '@ariane/kernel';
import { RequestMethod, type Type } from '@nestjs/common';
import { METHOD_METADATA } from '@nestjs/common/constants';
import { MetadataScanner, ModulesContainer, Reflector } from '@nestjs/core';

import type { AccessGround } from './access-notes';

/** What a read discloses. */
export interface Disclosure {
  /** The code of the act in the audit, such as `read-pathway`. */
  readonly action: string;
  /** Why the reader may see it, where no access note says so; their function unless said. */
  readonly ground?: AccessGround;
  /** Why, where the answer names the reader by their id in the directory. */
  readonly groundIfNamed?: AccessGround;
  /** The path's parameter that is the patient's id, where the answer does not hold it as `patientId`. */
  readonly patientParam?: string;
  /** Whether the items of the answer are patients, known by their `id`. */
  readonly itemsArePatients?: boolean;
  /** Whether an answer without any patient is of no interest to anybody, and no entry is written. */
  readonly isOfPatientsOnly?: boolean;
}

const disclosureOf = Reflector.createDecorator<Disclosure | { readonly nothing: string }>();

/**
 * Declares that a read discloses data of patients: an audit entry is written before the answer leaves, with every
 * `patientId` and `pathwayId` that the answer holds.
 */
export const Discloses = (action: string, more: Omit<Disclosure, 'action'> = {}): MethodDecorator & ClassDecorator =>
  disclosureOf({ action, ...more });

/** Declares that a read discloses no patient's data, and why. */
export const DisclosesNothing = (why: string): MethodDecorator & ClassDecorator => disclosureOf({ nothing: why });

/** What a route discloses; undefined where it says that it discloses nothing, or says nothing. */
export function declaredDisclosure(reflector: Reflector, handler: object, controller: object): Disclosure | undefined {
  const declared = declarationOf(reflector, handler, controller);
  return declared !== undefined && 'action' in declared ? declared : undefined;
}

/** Throws an Error that names every HTTP read that does not say what it discloses. */
export function assertEveryReadIsDeclared(modules: ModulesContainer, reflector: Reflector): void {
  const silent = [...modules.values()].flatMap((module) =>
    [...module.controllers.values()].flatMap(({ metatype }) =>
      typeof metatype === 'function' ? silentReads(metatype as Type, reflector) : [],
    ),
  );
  const message = `Reads without @Discloses or @DisclosesNothing: ${silent.join(', ')}.`;
  if (silent.length > 0) throw new Error(message);
}

function silentReads(controller: Type, reflector: Reflector): string[] {
  const prototype = controller.prototype as Record<string, unknown>; /* Type's prototype is typed any */
  return new MetadataScanner().getAllMethodNames(prototype).flatMap((name) => {
    const handler = prototype[name];
    if (typeof handler !== 'function' || !isRead(handler)) return [];
    return declarationOf(reflector, handler, controller) === undefined ? [`${controller.name}.${name}`] : [];
  });
}

/** A GET. What a POST answers is of the command's own subject and audited with it; a search by POST declares itself. */
const isRead = (handler: object): boolean =>
  (Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod | undefined) ===
  RequestMethod.GET; /* Nest's own key */

function declarationOf(reflector: Reflector, handler: object, controller: object) {
  invariant(typeof handler === 'function', 'metadata are kept on the handler');
  return reflector.getAllAndOverride(disclosureOf, [handler as () => void, controller as Type]) as
    Disclosure | { readonly nothing: string } | undefined; /* metadata targets; Nest types it as always there */
}
