import { type Principal, Can, subjectOf } from '@ariane/auth';
import { contextOf } from '@ariane/bus';
import { canonicalJson, DomainError } from '@ariane/kernel';
import {
  checkProtocol,
  checkProtocolText,
  type Fault,
  loadProtocol,
  type Protocol,
  type Shelf,
} from '@ariane/protocol';
import {
  ApiCommand,
  Caller,
  type CallerContext,
  DisclosesNothing,
  type Language,
  Reader,
  type ReaderContext,
} from '@ariane/service';
import { Store } from '@ariane/store';
import { Body, Controller, Get, HttpCode, Param, ParseIntPipe, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsObject, IsString, MaxLength, ValidateIf } from 'class-validator';
import { protocolVersions } from './aggregates.store';
import { protocolDifference } from './protocol-difference';
import { protocolVersionIdOf } from './protocol-version';
import { ProtocolShelf, type Shelved } from './protocol-shelf.store';
import { installed, shelve } from './protocols.store';

/** One of both: the document, or its text, whose faults are then told with their lines. */
export class PublishInput {
  @ApiPropertyOptional({ type: 'object', additionalProperties: true, description: 'The protocol, as a JSON document.' })
  @ValidateIf(({ text }: PublishInput) => text === undefined)
  @IsObject()
  document?: object;

  @ApiPropertyOptional({ maxLength: 2_000_000, description: 'The same as text, JSON or YAML.' })
  @ValidateIf(({ document }: PublishInput) => document === undefined)
  @IsString()
  @MaxLength(2_000_000)
  text?: string;
}

/** The care protocols of this installation; unvalidated examples unless the deployer brought their own. */
@ApiTags('protocols')
@Controller('protocols')
@DisclosesNothing('documents of care, about nobody')
export class ProtocolsController {
  constructor(
    private readonly store: Store,
    private readonly shelf: ProtocolShelf,
  ) {}

  @Get()
  @Can('list', 'Protocol')
  @ApiOperation({ summary: 'List the versions of protocols, with the roles of their care teams' })
  @ApiOkResponse({ description: '`{items}`: id, version, sha256, status, title, notice, reviewBy, roles' })
  async list(@Reader() { territory, language }: ReaderContext): Promise<object> {
    return { items: (await this.shelf.versions(territory)).map((one) => versionView(one, language)) };
  }

  @Post()
  @Can('publish', 'Protocol')
  @ApiCommand()
  @ApiOperation({ summary: 'Publish a version: checked with its examples, and never changed afterwards' })
  @ApiCreatedResponse({ description: '`{id, version, sha256, status}`; faults are listed in `errors`' })
  async publish(@Body() input: PublishInput, @Caller() caller: CallerContext): Promise<object> {
    const others = (await this.shelf.versions(caller.territory)).map(({ protocol: { document } }) => document);
    const protocol = checked(input, others);
    const { id, version, reviewBy } = protocol.document;
    const own = installed.find(({ document }) => document.id === id && document.version === version);
    if (own !== undefined) throw new DomainError('PROTOCOL_IMMUTABLE', {}, 'document.version');
    const { state } = await this.store.handle(
      protocolVersions,
      protocolVersionIdOf(caller.territory, id, version),
      {
        type: 'PublishProtocol',
        protocol: { id, version, sha256: protocol.sha256 },
        reviewBy,
        json: canonicalJson(protocol.document),
        by: nameOf(caller.principal),
        now: caller.now,
      },
      contextOf(caller),
    );
    shelve(protocol);
    return { ...state.protocol, status: state.status };
  }

  @Post(':id/versions/:version/activate')
  @HttpCode(200)
  @Can('publish', 'Protocol')
  @ApiCommand()
  @ApiOperation({ summary: 'Let a published version take patients: by somebody else than who published it' })
  @ApiOkResponse({ description: '`{id, version, sha256, status}`' })
  async activate(
    @Param('id') id: string,
    @Param('version', ParseIntPipe) version: number,
    @Caller() caller: CallerContext,
  ): Promise<object> {
    const { state } = await this.store.handle(
      protocolVersions,
      protocolVersionIdOf(caller.territory, id, version),
      { type: 'ActivateProtocol', by: nameOf(caller.principal), now: caller.now },
      contextOf(caller),
    );
    return { ...state.protocol, status: state.status };
  }

  @Get(':id/versions/:version')
  @Can('read', 'Protocol')
  @ApiOperation({ summary: 'Read a version: its document as it was published' })
  @ApiOkResponse({ description: 'The version, with `document`.' })
  async read(
    @Param('id') id: string,
    @Param('version', ParseIntPipe) version: number,
    @Reader() { territory, language }: ReaderContext,
  ): Promise<object> {
    const found = await this.shelf.get(territory, id, version);
    return { ...versionView(found, language), document: found.protocol.document };
  }

  @Get(':id/versions/:version/difference/:other')
  @Can('read', 'Protocol')
  @ApiOperation({ summary: 'What this version does otherwise than another one, step by step and in sentences' })
  @ApiOkResponse({ description: '`{from, to, steps, words}`' })
  async difference(
    @Param('id') id: string,
    @Param('version', ParseIntPipe) version: number,
    @Param('other', ParseIntPipe) other: number,
    @Reader() { territory }: ReaderContext,
  ): Promise<object> {
    const to = await this.shelf.get(territory, id, version);
    const from = await this.shelf.get(territory, id, other, 'other');
    return { from: other, to: version, ...protocolDifference(from.protocol.document, to.protocol.document) };
  }
}

/** Two persons are told apart by who signed in. @throws DomainError FORBIDDEN for a service: a person answers for it */
function nameOf(principal: Principal): string {
  if (principal.kind === 'service') throw new DomainError('FORBIDDEN');
  return subjectOf(principal);
}

/** @throws DomainError PROTOCOL_INVALID with every fault, where it stands and what to write instead */
function checked({ document, text }: PublishInput, others: Shelf): Protocol {
  const source = text ?? document;
  const faults = typeof source === 'string' ? checkProtocolText(source, others) : checkProtocol(source, others);
  const [first] = faults;
  if (first === undefined) return loadProtocol(source, others);
  const params = { where: placeOf(first), fault: first.message, count: String(faults.length) };
  const told = faults.map((fault) => ({
    field: `document${fault.pointer.replaceAll('/', '.')}`,
    code: fault.kind,
    message: `${placeOf(fault)}: ${fault.message} ${fault.remedy}`.trim(),
  }));
  throw new DomainError('PROTOCOL_INVALID', params, told[0]?.field, told);
}

const placeOf = ({ line, pointer }: Fault): string =>
  line === undefined ? pointer : `line ${String(line)}, ${pointer}`;

const versionView = ({ protocol: { document, sha256 }, status, published }: Shelved, language: Language) => ({
  id: document.id,
  version: document.version,
  sha256,
  status,
  title: document.title[language],
  notice: document.notice[language],
  reviewBy: document.reviewBy,
  roles: Object.fromEntries(Object.entries(document.roles).map(([role, label]) => [role, label[language]])),
  ...(published === undefined ? {} : { publishedBy: published.publishedBy, publishedAt: published.publishedAt }),
  ...(published?.activatedBy === undefined
    ? {}
    : { activatedBy: published.activatedBy, activatedAt: published.activatedAt }),
});
