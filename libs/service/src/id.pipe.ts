import { type ArgumentMetadata, Injectable, type PipeTransform } from '@nestjs/common';

import { constraintText } from './constraint-texts';
import { ValidationFailure } from './field-faults';
import { isUuid } from './validators';

/** A UUID in a path: `@Param('id', IdPipe) id: string`. Throws a 400 that names the parameter. */
@Injectable()
export class IdPipe implements PipeTransform<unknown, string> {
  transform(value: unknown, { data }: ArgumentMetadata): string {
    if (isUuid(value)) return value.toLowerCase();
    throw ValidationFailure.of(data ?? 'id', 'isUuid', constraintText('isUuid'));
  }
}
