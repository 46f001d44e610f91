import { Can, type Principal, subjectOf } from '@ariane/auth';
import { contextOf } from '@ariane/bus';
import {
  ApiCommand,
  Caller,
  type CallerContext,
  DisclosesNothing,
  IdPipe,
  IsCode,
  Reader,
  type ReaderContext,
} from '@ariane/service';
import { Store } from '@ariane/store';
import { Body, Controller, Delete, Get, Param, Put, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsBoolean, IsObject, IsOptional, IsString, Length } from 'class-validator';
import { views } from './copies.store';

const VIEWS_MAX = 200;

class ViewsQuery {
  @ApiProperty({ maxLength: 64, example: 'my-day' })
  @IsCode()
  area!: string; // class-validator fills it; so for every field of these classes
}

class ViewInput extends ViewsQuery {
  @ApiProperty({ minLength: 1, maxLength: 80 })
  @IsString()
  @Length(1, 80)
  name!: string; // see above

  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' }, description: 'Codes and ids only.' })
  @IsObject()
  search!: Record<string, string>; // see above

  @ApiPropertyOptional({
    type: 'boolean',
    default: false,
    description: 'Whether colleagues of the territory see it too.',
  })
  @IsOptional()
  @IsBoolean()
  isShared = false;
}

/** What people narrow their screens to, kept under a name, shared by an id that says nothing. */
@ApiTags('screens')
@Controller('api/views')
@Can('work', 'Screen')
export class ViewsController {
  constructor(private readonly store: Store) {}

  @Get()
  @DisclosesNothing('what a screen is asked for, by opaque ids')
  @ApiOperation({ summary: 'One’s own views of an area, and those that colleagues share' })
  @ApiOkResponse({ description: '`{items}`: id, name, area, search, isShared, isMine' })
  async list(@Query() { area }: ViewsQuery, @Reader() { principal, territory }: ReaderContext): Promise<object> {
    const ownerId = subjectOf(principal);
    const filter = { area, isRemoved: false, $or: [{ ownerId }, { isShared: true }] };
    const found = await this.store.find(views, territory, filter, { limit: VIEWS_MAX });
    return {
      items: found.map(({ id, state: { name, search, isShared, ownerId: owner } }) => ({
        ...{ id, name, area, search, isShared, isMine: owner === ownerId },
      })),
    };
  }

  @Put(':id')
  @ApiCommand()
  @ApiOperation({ summary: 'Keep a view, or change one’s own' })
  @ApiOkResponse({ description: '`{id}`' })
  async save(@Param('id', IdPipe) id: string, @Body() input: ViewInput, @Caller() caller: CallerContext) {
    const { area, name, search, isShared } = input;
    const command = { type: 'SaveView', by: by(caller.principal), view: { area, name, search, isShared } } as const;
    await this.store.handle(views, id, command, contextOf(caller));
    return { id };
  }

  @Delete(':id')
  @ApiCommand()
  @ApiOperation({ summary: 'Remove one’s own view' })
  @ApiOkResponse({ description: '`{id}`' })
  async remove(@Param('id', IdPipe) id: string, @Caller() caller: CallerContext) {
    await this.store.handle(views, id, { type: 'RemoveView', by: by(caller.principal) }, contextOf(caller));
    return { id };
  }
}

const by = (principal: Principal): string => subjectOf(principal);
