import { constraintText } from './constraint-texts';
import { ValidationFailure } from './field-faults';

const depthMax = 32;

/** What a document that is kept as text may hold. */
interface Allowed {
  readonly dots?: boolean;
}

/**
 * Throws a ValidationFailure for a key that a database could take for an operator or a path (`$where`, `a.b`), that
 * could reach a prototype, or for nesting beyond 32 levels.
 */
export function refuseForbiddenKeys(input: unknown, allowed: Allowed = {}, path = '', depth = 0): void {
  if (typeof input !== 'object' || input === null) return;
  if (depth > depthMax) throw ValidationFailure.of(path, 'tooDeep', constraintText('tooDeep'));
  for (const [key, value] of Object.entries(input)) {
    const field = path === '' ? key : `${path}.${key}`;
    if (key.startsWith('$') || (key.includes('.') && allowed.dots !== true) || key === '__proto__') {
      throw ValidationFailure.of(field, 'forbiddenKey', constraintText('forbiddenKey'));
    }
    refuseForbiddenKeys(value, allowed, field, depth + 1);
  }
}
