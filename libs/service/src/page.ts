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
