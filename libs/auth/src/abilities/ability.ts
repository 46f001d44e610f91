import { AbilityBuilder, createMongoAbility, type MongoAbility, subject } from '@casl/ability';
import { rulesToCondition } from '@casl/ability/extra';

import { type Principal, rolesOf } from '../principal';
import { type ActionOn, type Grant, page, type Subject } from './page';
import { conditionOf } from './relations';

type Query = Readonly<Record<string, unknown>>;

/** Matches nothing, in MongoDB as in a document at hand. */
const nothing: Query = { _id: { $in: [] } };

/** One request asks several times; its principal is an object of its own and dies with it. */
const known = new WeakMap<Principal, MongoAbility>();

/** What the page gives to the roles and relations of who calls. */
export function abilityOf(principal: Principal): MongoAbility {
  const made = known.get(principal) ?? abilityFrom(principal);
  known.set(principal, made);
  return made;
}

/** Whether there is any such document they may do it to: the least that a route asks. */
export const mayEver = <S extends Subject>(principal: Principal, action: ActionOn<S>, kind: S): boolean =>
  abilityOf(principal).can(action, kind);

/** Whether they may do it to this one, by what the relations of the page look at in it. */
export const mayDo = <S extends Subject>(
  principal: Principal,
  action: ActionOn<S>,
  kind: S,
  document: Query,
): boolean =>
  // A copy, for CASL writes the subject's name into what it is given.
  abilityOf(principal).can(action, subject(kind, { ...document }));

/** Those they may do it to, as a query of MongoDB: every document, some, or none. */
export function queryOf<S extends Subject>(principal: Principal, action: ActionOn<S>, kind: S): Query {
  const rules = abilityOf(principal).rulesFor(action, kind);
  const query = rulesToCondition<MongoAbility, Query, Query>(rules, ({ conditions }) => conditions ?? {}, {
    and: (parts) => ({ $and: parts }),
    or: (parts) => (parts.length === 1 ? { ...parts[0] } : { $or: parts }),
    empty: () => ({}),
  });
  return query ?? nothing;
}

function abilityFrom(principal: Principal): MongoAbility {
  const { can, build } = new AbilityBuilder(createMongoAbility);
  const held = rolesOf(principal);
  for (const [kind, acts] of Object.entries<Readonly<Record<string, readonly Grant[]>>>(page)) {
    for (const [action, grants] of Object.entries(acts)) {
      for (const { roles, to } of grants) {
        if (!roles.some((role) => held.includes(role))) continue;
        if (to === undefined) can(action, kind);
        else for (const relation of to) can(action, kind, conditionOf(relation, principal));
      }
    }
  }
  return build();
}
