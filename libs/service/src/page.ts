import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';

/** `?cursor&limit` of every list. */
export class PageQuery {
  @ApiPropertyOptional({ description: 'The `next` of the page before; the first page has none.', maxLength: 200 })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  cursor?: string;

  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: 200, default: 50 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(200)
  limit = 50;
}

/** One page of a list; without `next` it is the last. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly next?: string;
}

/** Builds a page; an undefined `next` is left out. */
export function page<T>({ items, next }: { items: readonly T[]; next?: string | undefined }): Page<T> {
  return next === undefined ? { items } : { items, next };
}

/**
 * One page out of at most `limit + 1` found: the one too many says that there is a next page, which begins after the
 * last one shown.
 */
export function pageOf<T>(found: readonly T[], limit: number, cursorOf: (last: T) => string): Page<T> {
  const items = found.slice(0, limit);
  const last = items.at(-1);
  return page({ items, next: last !== undefined && found.length > limit ? cursorOf(last) : undefined });
}

/** The cursor of a list in the order of its ids. */
export const idOf = ({ id }: { readonly id: string }): string => id;

/** One page of a list in the order of its ids, each with its version, out of at most `limit + 1` found. */
export function versionedPage<S extends { readonly id: string }>(
  found: readonly { readonly state: S; readonly version: number }[],
  limit: number,
): Page<S & { readonly version: number }> {
  return pageOf(
    found.map(({ state, version }) => ({ ...state, version })),
    limit,
    idOf,
  );
}

/** The filter of a page of a list in the order of its ids: those after the cursor. */
export const afterCursor = (cursor: string | undefined): Readonly<Record<string, unknown>> =>
  cursor === undefined ? {} : { _id: { $gt: cursor } };
