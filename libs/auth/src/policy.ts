import { applyDecorators, type INestApplicationContext, type Type } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants';
import { MetadataScanner, ModulesContainer, Reflector } from '@nestjs/core';
import { ApiBearerAuth } from '@nestjs/swagger';

import { type ActionOn, type Subject } from './abilities/page';

/** Who may call a route: everyone without a token, or whoever may do the act to any such subject. */
export type RoutePolicy = 'public' | { readonly action: string; readonly subject: Subject };

const policyOf = Reflector.createDecorator<RoutePolicy>();

/** Opens a route to everyone. */
export const Policy = (only: 'public'): MethodDecorator & ClassDecorator => policyOf(only);

/**
 * Opens a route to those to whom the page of abilities gives the act; which subjects, the handler asks of the page again.
 * A route with neither this nor `@Policy('public')` stops the service from starting.
 */
export function Can<S extends Subject>(action: ActionOn<S>, subject: S): MethodDecorator & ClassDecorator {
  return applyDecorators(policyOf({ action, subject }), ApiBearerAuth());
}

/** The policy of a handler, or its controller's; undefined where none was declared. */
export function declaredPolicy(reflector: Reflector, handler: object, controller: object): RoutePolicy | undefined {
  return reflector.getAllAndOverride(policyOf, [handler as () => void, controller as Type]); /* metadata targets */
}

/** Throws an Error that names every HTTP route without a policy. To be called before the service listens. */
export function assertEveryRouteHasAPolicy(app: INestApplicationContext): void {
  const reflector = app.get(Reflector);
  const open = [...app.get(ModulesContainer).values()].flatMap((module) =>
    [...module.controllers.values()].flatMap(({ metatype }) =>
      typeof metatype === 'function' ? routesWithoutPolicy(metatype as Type, reflector) : [],
    ),
  );
  if (open.length > 0) throw new Error(`Routes without @Can or @Policy: ${open.join(', ')}.`);
}

function routesWithoutPolicy(controller: Type, reflector: Reflector): string[] {
  const prototype = controller.prototype as Record<string, unknown>; /* Type's prototype is typed any */
  return new MetadataScanner().getAllMethodNames(prototype).flatMap((name) => {
    const handler = prototype[name];
    if (typeof handler !== 'function' || !Reflect.hasMetadata(METHOD_METADATA, handler)) return [];
    if (declaredPolicy(reflector, handler, controller) !== undefined) return [];
    const parts = [Reflect.getMetadata(PATH_METADATA, controller), Reflect.getMetadata(PATH_METADATA, handler)];
    const path = parts
      .map(String)
      .join('/')
      .split('/')
      .filter((part) => part !== '')
      .join('/');
    return [`${controller.name}.${name} (/${path})`];
  });
}
