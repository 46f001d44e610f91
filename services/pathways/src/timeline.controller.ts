import { Can } from '@ariane/auth';
import { DomainError } from '@ariane/kernel';
import { Discloses, IdPipe, IsInstant, Reader, type ReaderContext } from '@ariane/service';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { PathwayReads } from './pathway-reads.store';
import { patientTimeline } from './pathway-view';
import { planner } from './protocols.store';
import { PathwaySight } from './sight.store';
import { TimelineOutput } from './timeline-outputs.controller';

class TimelineQuery {
  @ApiPropertyOptional({
    format: 'date-time',
    description: 'The plan as known at that instant, with the version pinned then; now unless said.',
  })
  @IsOptional()
  @IsInstant()
  asOf?: string;
}

/** What happened and what was to happen, each with its reason, as known now or at any instant before. */
@ApiTags('pathways')
@Controller('pathways')
export class TimelineController {
  constructor(
    private readonly sight: PathwaySight,
    private readonly reads: PathwayReads,
  ) {}

  @Get(':id/timeline')
  @Can('read-neutral', 'Pathway')
  @ApiOperation({ summary: 'What happened, oldest first; for the team, planned beside done, and why' })
  @ApiOkResponse({ type: TimelineOutput })
  @Discloses('read-timeline')
  async timeline(@Param('id', IdPipe) id: string, @Query() { asOf }: TimelineQuery, @Reader() reader: ReaderContext) {
    const seen = await this.sight.seen(id, reader);
    if (seen.sight === 'whole') return this.reads.timeline(seen, reader, asOf);
    // What a patient may read of an earlier state of knowledge could tell what was feared then.
    if (asOf !== undefined) throw new DomainError('FORBIDDEN', {}, 'asOf');
    return { items: patientTimeline(seen.state, (key) => planner.step(seen.state, key), reader.language) };
  }
}
