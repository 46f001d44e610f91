import { isCivilDate } from '@ariane/kernel';
import { ValidateBy, type ValidationOptions } from 'class-validator';

const code = /^[\w.:-]{1,64}$/;
const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?Z$/;
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;

export function isUuid(value: unknown): value is string {
  return typeof value === 'string' && uuid.test(value);
}

/** `YYYY-MM-DDTHH:MM:SS[.sss]Z`, of the calendar. */
export function isInstant(value: unknown): value is string {
  return (
    typeof value === 'string' &&
    instant.test(value) &&
    isCivilDate(value.slice(0, 10)) &&
    !Number.isNaN(Date.parse(value))
  );
}

/** A UUID of any version, as ids of things and messages are. */
export function IsId(options?: ValidationOptions): PropertyDecorator {
  return ValidateBy({ name: 'isUuid', validator: { validate: isUuid } }, options);
}

/** A day of care, `YYYY-MM-DD`, in the territory's time zone. */
export function IsCivilDate(options?: ValidationOptions): PropertyDecorator {
  return ValidateBy(
    { name: 'isCivilDate', validator: { validate: (value) => typeof value === 'string' && isCivilDate(value) } },
    options,
  );
}

/** A UTC instant. */
export function IsInstant(options?: ValidationOptions): PropertyDecorator {
  return ValidateBy({ name: 'isInstant', validator: { validate: isInstant } }, options);
}

/** A code: letters, digits and `. _ : -`, at most 64. */
export function IsCode(options?: ValidationOptions): PropertyDecorator {
  return ValidateBy(
    { name: 'isCode', validator: { validate: (value) => typeof value === 'string' && code.test(value) } },
    options,
  );
}
