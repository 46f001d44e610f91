import { Can, mayDo } from '@ariane/auth';
import { contextOf } from '@ariane/bus';
import { DomainError } from '@ariane/kernel';
import { ApiCommand, Caller, type CallerContext, Discloses, IdPipe, Reader, type ReaderContext } from '@ariane/service';
import { Store } from '@ariane/store';
import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { sharedWith } from './access.guard';
import { pathways, patients } from './aggregates.store';
import { BlindIndex } from './blind-index.store';
import { typedIdentifier } from './identifiers';
import { NameIndex, type NamedPatient, type WantedPatient } from './name-index';
import { omit } from './omit';
import type { Patient, PatientCommand } from './patient';
import {
  ConditionInput,
  FoundPatients,
  MeasurementInput,
  RegisterPatientInput,
  SearchPatientsInput,
  TraitsInput,
} from './patient-inputs.controller';
import { PatientNames } from './patient-names.store';
import { PathwaySight } from './sight.store';

/** What a form of ours records is told apart from what an import brought. */
const PROVENANCE = 'form';
interface Found {
  readonly state: Patient;
  readonly version: number;
}

/** More homonyms than that and the fragment is too short to be of use. */
const FOUND_MAX = 50;

@ApiTags('patients')
@Controller('patients')
export class PatientsController {
  constructor(
    private readonly store: Store,
    private readonly blind: BlindIndex,
    private readonly names: PatientNames,
    private readonly sight: PathwaySight,
  ) {}

  @Post()
  @Can('create', 'Patient')
  @ApiCommand()
  @ApiOperation({ summary: 'Register a patient' })
  @ApiCreatedResponse({ description: '`{id, version}`' })
  async register(@Body() input: RegisterPatientInput, @Caller() caller: CallerContext) {
    const { id } = input;
    const identity = await this.identityOf(caller.territory, id, input);
    return this.handle(id, { type: 'RegisterPatient', id, ...identity }, caller);
  }

  @Post(':id/traits')
  @HttpCode(200)
  @Can('change', 'Patient')
  @ApiCommand()
  @ApiOperation({ summary: 'Correct a patient’s traits and identifiers; these replace all those known' })
  @ApiOkResponse({ description: '`{id, version}`' })
  async correct(@Param('id', IdPipe) id: string, @Body() traits: TraitsInput, @Caller() caller: CallerContext) {
    const identity = await this.identityOf(caller.territory, id, traits);
    return this.handle(id, { type: 'CorrectTraits', ...identity }, caller);
  }

  @Post(':id/conditions')
  @Can('record', 'Patient')
  @ApiCommand()
  @ApiOperation({ summary: 'Record a diagnosis' })
  @ApiCreatedResponse({ description: '`{id, version}`' })
  async recordCondition(
    @Param('id', IdPipe) id: string,
    @Body() condition: ConditionInput,
    @Caller() caller: CallerContext,
  ) {
    await this.seen(id, caller, 'record');
    const { id: conditionId, system, code, onset } = condition;
    const known = onset === undefined ? {} : { onset };
    const conditions = [{ id: conditionId, system, code, ...known, provenance: PROVENANCE }];
    return this.handle(id, { type: 'RecordConditions', conditions }, caller);
  }

  @Post(':id/measurements')
  @Can('record', 'Patient')
  @ApiCommand()
  @ApiOperation({ summary: 'Record a measurement, with its unit as given' })
  @ApiCreatedResponse({ description: '`{id, version}`' })
  async recordMeasurement(
    @Param('id', IdPipe) id: string,
    @Body() measurement: MeasurementInput,
    @Caller() caller: CallerContext,
  ) {
    await this.seen(id, caller, 'record');
    const { id: measurementId, code, value, unit, measuredAt } = measurement;
    const measurements = [{ id: measurementId, code, value, unit, measuredAt, provenance: PROVENANCE }];
    return this.handle(id, { type: 'RecordMeasurements', measurements }, caller);
  }

  @Post('search')
  @HttpCode(200)
  @Can('list', 'Patient')
  @ApiOperation({
    summary: 'Search by fragments of names, birth date or a whole identifier; a POST, so that no URL holds a name',
  })
  @ApiOkResponse({ type: FoundPatients })
  @Discloses('search-patients', { itemsArePatients: true })
  async search(@Body() { name, birthDate, identifier }: SearchPatientsInput, @Reader() { territory }: ReaderContext) {
    const wanted = { ...(name === undefined ? {} : { name }), ...(birthDate === undefined ? {} : { birthDate }) };
    if (identifier !== undefined) return { items: await this.byIdentifier(territory, identifier, wanted) };
    if (name === undefined && birthDate === undefined) throw new DomainError('INVALID_INPUT', {}, 'name');
    return { items: this.names.search(territory, wanted, FOUND_MAX) };
  }

  @Get(':id')
  @Can('read', 'Patient')
  @ApiOperation({ summary: 'Read a patient' })
  @ApiOkResponse({ description: 'Traits, identifiers, conditions, measurements and pathways.' })
  @Discloses('read-patient', { patientParam: 'id' })
  async read(@Param('id', IdPipe) id: string, @Reader() reader: ReaderContext): Promise<object> {
    const { state, version } = await this.seen(id, reader, 'read');
    const links = state.pathways;
    const told = omit(state, 'identifierHashes', 'pathways', 'shared');
    // The protocol's name could tell a patient what has not been announced.
    if (reader.principal.kind === 'person' && reader.principal.patientId === id) {
      const traits = omit(told, 'conditions', 'measurements');
      return { ...traits, version, pathways: links.map(({ pathwayId, active }) => ({ pathwayId, active })) };
    }
    return { ...told, version, pathways: links };
  }

  private async byIdentifier(
    territory: string,
    identifier: { system: string; value: string },
    wanted: WantedPatient,
  ): Promise<readonly NamedPatient[]> {
    const [hash] = await this.blind.hashesOf(territory, [typedIdentifier(identifier, 'identifier.value')]);
    const found = await this.store.find(patients, territory, withIdentifier(hash), { limit: FOUND_MAX });
    // The same rules of names as for everybody, over whoever has the identifier.
    const index = new NameIndex();
    for (const { state } of found) index.put(state);
    const [first] = found;
    const isAll = wanted.name === undefined && wanted.birthDate === undefined;
    const asked = isAll && first !== undefined ? { birthDate: first.state.birthDate } : wanted;
    return index.search(asked, FOUND_MAX);
  }

  /** The identifiers checked and hashed; one that somebody else holds is refused by its place in the form. */
  private async identityOf(territory: string, id: string, input: TraitsInput) {
    const { identifiers: typed, familyName, givenNames, birthDate, sex, language } = input;
    const identifiers = typed.map((one, index) => typedIdentifier(one, `identifiers.${index}.value`));
    const identifierHashes = await this.blind.hashesOf(territory, identifiers);
    for (const [index, hash] of identifierHashes.entries()) {
      const filter = { ...withIdentifier(hash), _id: { $ne: id } };
      const [other] = await this.store.find(patients, territory, filter, { limit: 1 });
      if (other !== undefined) throw new DomainError('ALREADY_EXISTS', {}, `identifiers.${index}.value`);
    }
    return { familyName, givenNames, birthDate, sex, language, identifiers, identifierHashes };
  }

  /**
   * Who coordinates or refers may see the register; others see those they care for; a patient sees themself. An
   * emergency opens a file to be read only.
   */
  private async seen(id: string, reader: ReaderContext, act: 'read' | 'record'): Promise<Found> {
    const found = await this.store.read(patients, reader.territory, id);
    if (found === undefined || !(await this.mayDo(act, id, reader))) throw new DomainError('NOT_FOUND', {}, 'id');
    return found;
  }

  /** Pathways in which a professional cares for the patient are looked for only where nothing else opens the door. */
  private async mayDo(act: 'read' | 'record', patientId: string, reader: ReaderContext): Promise<boolean> {
    const { principal, territory, now, access } = reader;
    if (mayDo(principal, act, 'Patient', { patientId })) return true;
    if (principal.kind === 'service' || principal.practitionerId === undefined) return false;
    const by = principal.practitionerId;
    const cared = await this.store.find(pathways, territory, { patientId, 'team.practitionerId': by }, { limit: 20 });
    const team = cared.flatMap(({ state }) => sharedWith(state, now));
    if (mayDo(principal, act, 'Patient', { patientId, team })) {
      access.add({ patientId, ground: 'care-team' });
      return true;
    }
    const mayBreakGlass = mayDo(principal, act, 'Patient', { patientId, brokeGlass: [by] });
    return mayBreakGlass && (await this.sight.brokeGlass(patientId, reader));
  }

  private async handle(id: string, command: PatientCommand, caller: CallerContext) {
    try {
      const { version } = await this.store.handle(patients, id, command, contextOf(caller));
      return { id, version };
    } catch (error) {
      // The unique index has the last word in a race; it does not say which field of the form it was.
      if (error instanceof DomainError && error.code === 'ALREADY_EXISTS' && error.field === undefined) {
        throw new DomainError('ALREADY_EXISTS', {}, 'identifiers');
      }
      throw error;
    }
  }
}

/** Says what the unique index covers, without which MongoDB reads every patient. */
const withIdentifier = (hash: string | undefined) => ({
  identifierHashes: hash,
  'identifierHashes.0': { $exists: true },
});
