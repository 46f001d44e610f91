import { Can, mayEver } from '@ariane/auth';
import { exercisesOn, invariant } from '@ariane/kernel';
import { accessNotesOf, Discloses, isUuid, Reader, type ReaderContext, type WithAccessNotes } from '@ariane/service';
import { type Aggregate, type DomainEvent, Store } from '@ariane/store';
import { Body, Controller, HttpCode, Post, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { subjectsMeant } from './account';
import { Accounts } from './accounts.store';
import { acquaintances, organisationCopies, patientCopies, practitionerCopies } from './copies.store';
import { groundToKnow } from './names.guard';
import { NamesInput } from './names-inputs.controller';
import type { PatientCopy } from './patient-copy';

/** Names for the ids that a screen shows. Whom the reader may not know is left out, as one who is not there. */
@ApiTags('screens')
@Controller('api/names')
export class NamesController {
  constructor(
    private readonly store: Store,
    private readonly accounts: Accounts,
  ) {}

  @Post()
  @HttpCode(200)
  @Can('open', 'Screen')
  @ApiOperation({
    summary: 'Names of patients, professionals, places and accounts, by a body so that no address holds an id list',
  })
  @ApiOkResponse({ description: '`{patients, practitioners, organisations, accounts}`, each by id' })
  @Discloses('read-names', { isOfPatientsOnly: true })
  async names(
    @Body() asked: NamesInput,
    @Req() request: WithAccessNotes,
    @Reader() reader: ReaderContext,
  ): Promise<object> {
    const [patients, practitioners, organisations, accounts] = await Promise.all([
      this.patients(asked.patients, request, reader),
      this.among(practitionerCopies, asked.practitioners, reader.territory),
      this.among(organisationCopies, asked.organisations, reader.territory),
      this.namesOfAccounts(asked.accounts, reader),
    ]);
    const day = reader.now.slice(0, 10);
    return {
      patients: Object.fromEntries(
        patients.map(({ patientId, familyName, givenNames, birthDate, sex }) => [
          patientId,
          { familyName, givenNames, birthDate, sex },
        ]),
      ),
      practitioners: Object.fromEntries(
        practitioners.map(({ id, state: { name, exercises } }) => {
          const [now] = exercisesOn(exercises, day);
          return [id, { name, ...(now === undefined ? {} : { role: now.role, specialty: now.specialty }) }];
        }),
      ),
      organisations: Object.fromEntries(organisations.map(({ id, state: { name } }) => [id, { name }])),
      accounts: Object.fromEntries(accounts.map(([written, name]) => [written, { name }])),
    };
  }

  private async patients(
    ids: readonly string[],
    request: WithAccessNotes,
    { principal, territory, now }: ReaderContext,
  ): Promise<readonly PatientCopy[]> {
    const known = new Map((await this.among(acquaintances, ids, territory)).map(({ id, state }) => [id, state]));
    const grounds = new Map(
      ids.flatMap((id) => {
        const ground = groundToKnow(principal, id, known.get(id), now.slice(0, 10));
        return ground === undefined ? [] : [[id, ground] as const];
      }),
    );
    const notes = accessNotesOf(request);
    return (await this.among(patientCopies, [...grounds.keys()], territory)).map(({ id, state }) => {
      const ground = grounds.get(id);
      invariant(ground !== undefined, 'only those were read whom the reader has a ground to know');
      notes.add({ patientId: id, ground });
      return state;
    });
  }

  /** A professional's account stands under their id in the directory, which knows them without a sign-in. */
  private async namesOfAccounts(
    written: readonly string[],
    { principal, territory }: ReaderContext,
  ): Promise<readonly (readonly [string, string])[]> {
    if (written.length === 0 || !mayEver(principal, 'read', 'AccountName')) return [];
    const subjects = [...new Set(written.flatMap(subjectsMeant))];
    const [listed, signedIn] = await Promise.all([
      this.among(practitionerCopies, subjects.filter(isUuid), territory),
      this.accounts.namesOf(territory, subjects),
    ]);
    const names = new Map([...signedIn, ...listed.map(({ id, state: { name } }) => [id, name] as const)]);
    return written.flatMap((one) => {
      const name = subjectsMeant(one)
        .map((subject) => names.get(subject))
        .find((found) => found !== undefined);
      return name === undefined ? [] : [[one, name] as const];
    });
  }

  private async among<S extends object, C, E extends DomainEvent>(
    kind: Aggregate<S, C, E>,
    ids: readonly string[],
    territory: string,
  ): Promise<readonly { readonly id: string; readonly state: S }[]> {
    if (ids.length === 0) return [];
    const unique = [...new Set(ids)];
    return this.store.find(kind, territory, { _id: { $in: unique } }, { limit: unique.length });
  }
}
