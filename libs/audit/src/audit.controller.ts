import { Can, mayDo } from '@ariane/auth';
import { DomainError } from '@ariane/kernel';
import {
  Discloses,
  DisclosesNothing,
  IdPipe,
  type Page,
  pageOf,
  PageQuery,
  Reader,
  type ReaderContext,
  TimeLimit,
} from '@ariane/service';
import { AUDIT_HEADS, Store } from '@ariane/store';
import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Accesses, type AccessLine, type EntryLine } from './accesses';
import { AccessPage, EntriesQuery, VerifiedOutput } from './audit-outputs';
import { AUDIT_SUBJECTS, type AuditSubjects } from './audit-subjects';
import type { HeadDocument } from './sealer';
import { HeadSigner } from './signing';
import { AuditVerifier, type VerifiedChain } from './verifier';

/** Who did and read what in this service, for the patient it concerns and for whoever controls it. */
@ApiTags('audit')
@Controller('audit')
export class AuditController {
  constructor(
    private readonly store: Store,
    private readonly accesses: Accesses,
    private readonly verifier: AuditVerifier,
    @Inject(AUDIT_SUBJECTS) private readonly subjects: AuditSubjects,
  ) {}

  @Get('patients/:id/accesses')
  @Can('read-accesses', 'Audit')
  @ApiOperation({ summary: 'Who saw or changed a patient’s file, when and why, in plain words, by day and person' })
  @ApiOkResponse({ type: AccessPage })
  @Discloses('read-accesses', { patientParam: 'id' })
  async of(
    @Param('id', IdPipe) patientId: string,
    @Query() { cursor, limit }: PageQuery,
    @Reader() reader: ReaderContext,
  ): Promise<Page<AccessLine>> {
    if (!(await this.mayRead(patientId, reader))) throw new DomainError('NOT_FOUND', {}, 'id');
    return this.accesses.of(reader.territory, { patientId, limit, cursor }, reader.language);
  }

  @Get('entries')
  @Can('search', 'Audit')
  @ApiOperation({ summary: 'Entries of a person, a patient, a time, the newest first' })
  @ApiOkResponse({ description: '`{items, next}`: who, when, what, on which ground; no content' })
  @Discloses('read-audit')
  entries(@Query() query: EntriesQuery, @Reader() { territory }: ReaderContext): Promise<Page<EntryLine>> {
    return this.accesses.entries(territory, query);
  }

  @Get('heads')
  @Can('verify', 'Audit')
  @ApiOperation({ summary: 'The signed heads of the chain, the newest first, and the key that checks them' })
  @ApiOkResponse({ description: '`{items, next, publicKey}`: to be kept elsewhere, where nobody here can change them' })
  @DisclosesNothing('hashes and counts')
  async heads(@Query() { cursor, limit }: PageQuery, @Reader() { territory }: ReaderContext): Promise<object> {
    const before = /^\d{1,15}$/.test(cursor ?? '') ? { seq: { $lt: Number(cursor) } } : {};
    const found = await this.store.database.db
      .collection<HeadDocument>(AUDIT_HEADS)
      .find({ territory, ...before })
      .sort({ seq: -1 })
      .limit(limit + 1)
      .project<Omit<HeadDocument, '_id'>>({ _id: 0 })
      .toArray();
    const { publicKey } = await HeadSigner.of(this.store.keys, territory);
    return { ...pageOf(found, limit, ({ seq }) => String(seq)), publicKey };
  }

  @Get('verify')
  @TimeLimit(0)
  @Can('verify', 'Audit')
  @ApiOperation({ summary: 'Walks the whole chain: what was changed, removed or put in is named by its first place' })
  @ApiOkResponse({ type: VerifiedOutput })
  @DisclosesNothing('hashes and counts')
  verify(@Reader() { territory }: ReaderContext): Promise<VerifiedChain> {
    return this.verifier.verify(territory);
  }

  /** How far the walk is that another request waits for; `null` while there is none. */
  @Get('verify/progress')
  @Can('verify', 'Audit')
  @ApiOkResponse({ description: '`{running: {done, total} | null}`' })
  @DisclosesNothing('counts')
  progress(@Reader() { territory }: ReaderContext): { running: { done: number; total: number } | null } {
    return { running: this.verifier.progressOf(territory) ?? null };
  }

  private async mayRead(patientId: string, reader: ReaderContext): Promise<boolean> {
    const { principal } = reader;
    if (mayDo(principal, 'read-accesses', 'Audit', { patientId })) return true;
    if (principal.kind === 'service' || principal.practitionerId === undefined) return false;
    const coordinatorId = principal.practitionerId;
    if (!mayDo(principal, 'read-accesses', 'Audit', { patientId, coordinatorId })) return false;
    return this.subjects.coordinates(this.store, patientId, reader);
  }
}
