import { Can } from '@ariane/auth';
import { DomainError } from '@ariane/kernel';
import { Discloses, IdPipe, IsInstant, Reader, type ReaderContext } from '@ariane/service';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { patientTimeline, timelineOf } from './pathway-view';
import { planner } from './protocols.store';
import { RecordedFacts } from './recorded-facts.store';
import { PathwaySight, type Seen } from './sight.store';
import { asPlanned, knownAt, stepsOf } from './timeline';
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
    private readonly recorded: RecordedFacts,
  ) {}

  @Get(':id/timeline')
  @Can('read-neutral', 'Pathway')
  @ApiOperation({ summary: 'What happened, oldest first; for the team, planned beside done, and why' })
  @ApiOkResponse({ type: TimelineOutput })
  @Discloses('read-timeline')
  async timeline(@Param('id', IdPipe) id: string, @Query() { asOf }: TimelineQuery, @Reader() reader: ReaderContext) {
    const seen = await this.sight.seen(id, reader);
    if (seen.sight === 'whole') return this.whole(seen, asOf, reader);
    // What a patient may read of an earlier state of knowledge could tell what was feared then.
    if (asOf !== undefined) throw new DomainError('FORBIDDEN', {}, 'asOf');
    return { items: patientTimeline(seen.state, (key) => planner.step(seen.state, key), reader.language) };
  }

  private async whole({ state }: Seen, asOf: string | undefined, reader: ReaderContext) {
    const { now, territory, language } = reader;
    const at = asOf ?? now;
    if (Date.parse(at) < Date.parse(state.enrolledAt)) throw new DomainError('NOT_FOUND', {}, 'asOf');
    if (Date.parse(at) > Date.parse(now)) throw new DomainError('FACT_IN_FUTURE', {}, 'asOf');
    const recorded = await this.recorded.of(territory, state.id);
    const known = asOf === undefined ? state : knownAt(state, recorded, at);
    const plan = planner.plan(known, at);
    const documentOf = (key: string) => planner.step(known, key);
    const { protocol } = known;
    const shown = asOf === undefined ? known : asPlanned(known, plan);
    return {
      asOf: at,
      protocol,
      disclosure: plan.disclosure,
      ...(plan.end === undefined ? {} : { end: { status: plan.end.status, at: plan.end.at } }),
      items: timelineOf(shown, documentOf, language),
      steps: stepsOf(known, plan, { recorded, asOf: at, language, documentOf }),
    };
  }
}
