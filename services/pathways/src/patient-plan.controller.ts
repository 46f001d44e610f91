import { Can } from '@ariane/auth';
import { DomainError } from '@ariane/kernel';
import { Discloses, IdPipe, Reader, type ReaderContext } from '@ariane/service';
import { Store } from '@ariane/store';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, Max, Min } from 'class-validator';
import { pathways } from './aggregates.store';
import { mergedPlan } from './merged-plan';
import type { Pathway } from './pathway';
import { dayOf } from './pathway-time';
import { assess, planner } from './protocols.store';
import { PathwaySight } from './sight.store';
import { visitsOf } from './visits-of';

/** Visits and questionnaires a patient is asked for in one week. A proposal, to be confirmed by patients and teams. */
const PER_WEEK = 3;

/** Kinds of visit that should not fall on one day. General knowledge, to be confirmed; a human settles each case. */
const apart = [
  ['day-hospital', 'breast-surgery'],
  ['day-hospital', 'staging-imaging'],
  ['radiotherapy', 'breast-surgery'],
] as const;

/** Rules that read across a patient's pathways: what one foresees may forbid something in another. */
const acrossPathways: readonly string[] = [
  'clinical-rule.vein-preservation',
  'clinical-rule.contrast',
  'clinical-rule.nephrotoxic',
];

export class PlanQuery {
  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: 20, default: PER_WEEK })
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(20)
  perWeek = PER_WEEK;
}

/** Several pathways of one patient as one plan. */
@ApiTags('patients')
@Controller('patients')
export class PatientPlanController {
  constructor(
    private readonly store: Store,
    private readonly sight: PathwaySight,
  ) {}

  @Get(':id/plan')
  @Can('plan', 'Patient')
  @ApiOperation({
    summary:
      'What the patient’s pathways still ask of them, each visit once, within a weekly budget; and the conflicts',
  })
  @ApiOkResponse({ description: '`{patientId, perWeek, pathways, visits, undated, conflicts}`' })
  @Discloses('read-plan', { patientParam: 'id' })
  async plan(
    @Param('id', IdPipe) patientId: string,
    @Query() { perWeek }: PlanQuery,
    @Reader() reader: ReaderContext,
  ): Promise<object> {
    const states = await this.seen(patientId, reader);
    const [first] = states;
    // One care team learns nothing of a pathway that is another's, not even that it is there.
    if (first === undefined) throw new DomainError('NOT_FOUND', {}, 'id');
    const own = states.map((state) => visitsOf(planner, state, reader.language));
    const { visits, conflicts } = mergedPlan(
      own.flatMap((one) => one.visits),
      { today: dayOf(first, reader.now), perWeek, apart },
    );
    return {
      patientId,
      perWeek,
      pathways: states.map(({ id, protocol }) => ({ id, protocol })),
      visits,
      undated: own.flatMap(({ undated }) => undated),
      conflicts: [...conflicts, ...states.flatMap(reviews)],
    };
  }

  private async seen(patientId: string, reader: ReaderContext): Promise<readonly Pathway[]> {
    const found = await this.store.find(pathways, reader.territory, { patientId, status: 'ACTIVE' });
    const seen = await Promise.all(found.map(({ id }) => this.sight.seen(id, reader).catch(() => undefined)));
    return seen.flatMap((one) => (one?.sight === 'whole' ? [one.state] : []));
  }
}

/** What a rule across pathways asks a named professional to look at. */
const reviews = (state: Pathway) =>
  assess(state)
    .filter(({ code, value }) => acrossPathways.includes(code) && value === 'review')
    .map(({ code }) => ({ conflict: 'clinical-rule', code, pathwayId: state.id }) as const);
