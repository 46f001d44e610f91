import { Can, mayDo, mayEver, partyOf, type Principal } from '@ariane/auth';
import { contextOf } from '@ariane/bus';
import { DomainError, monthPattern, toWireMoney } from '@ariane/kernel';
import {
  ApiCommand,
  Caller,
  type CallerContext,
  DisclosesNothing,
  IdPipe,
  IsCivilDate,
  IsId,
  IsInstant,
  Reader,
  type ReaderContext,
  TimeLimit,
} from '@ariane/service';
import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsOptional,
  IsString,
  Length,
  Matches,
  ValidateNested,
} from 'class-validator';
import { dayOf } from './book-time';
import { ContractsService, shelf } from './contracts.store';
import { KeySimulations, ownOf } from './key-simulations.store';
import { pseudonymOf } from './settle';
import { activeContract } from './shelf';
import { keyOn, type KeyProposal, type SplitKey, tallyOf, type Vote, votes } from './split-key';
import { type KeyPlace, SplitKeys } from './split-keys.store';

class WeightBody {
  @ApiProperty({ description: 'A participant, role or kind of act, as the contract says; `others` for all the rest.' })
  @IsString()
  @Length(1, 80)
  id!: string; /* filled by the pipe */

  @ApiProperty({ example: '1.5', description: 'A decimal or a fraction from 0 on.' })
  @IsString()
  @Length(1, 24)
  weight!: string; /* filled by the pipe */
}

class ProposalBody {
  @ApiProperty()
  @IsId()
  id!: string; /* filled by the pipe */

  @ApiProperty({ type: [WeightBody] })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(500)
  @ValidateNested({ each: true })
  @Type(() => WeightBody)
  weights!: WeightBody[]; /* filled by the pipe */

  @ApiProperty({ description: 'The first civil day it applies to, after the vote.', example: '2026-10-01' })
  @IsCivilDate()
  from!: string; /* filled by the pipe */

  @ApiProperty({ description: 'When the vote ends.' })
  @IsInstant()
  closesAt!: string; /* filled by the pipe */

  @ApiProperty()
  @IsString()
  @Length(3, 2000)
  reason!: string; /* filled by the pipe */
}

class VoteBody {
  @ApiProperty({ enum: votes })
  @IsIn(votes)
  vote!: Vote; /* filled by the pipe */
}

class SimulationQuery {
  @ApiPropertyOptional({ description: 'Whose real inputs; by default those of the last month that has any.' })
  @IsOptional()
  @Matches(monthPattern)
  month?: string;
}

/** The keys a team shares by: one of them proposes, each sees what it would bring them, they vote, it has a first day. */
@ApiTags('split keys')
@Controller('payment-contracts/:contract/keys/:key')
@DisclosesNothing('sums and terms, by no pathway')
@Can('read', 'SplitKey')
export class SplitKeysController {
  constructor(
    private readonly keys: SplitKeys,
    private readonly simulations: KeySimulations,
    private readonly contracts: ContractsService,
  ) {}

  /** The key of today, the vote that is open, and all that were. Who voted what is told to nobody else. */
  @Get()
  async one(
    @Param('contract') contractId: string,
    @Param('key') key: string,
    @Reader() { territory, principal, now }: ReaderContext,
  ) {
    const { timeZone, state } = await this.seen({ contractId, key }, territory, principal, now);
    const viewOf = (one: KeyProposal) => proposalView(one, partyOf(principal));
    const valid = keyOn(state, dayOf(now, timeZone));
    return {
      ...{ contract: contractId, key, valid: valid ? viewOf(valid) : null },
      ...{ open: state.open && viewOf(state.open), past: state.past.map(viewOf) },
    };
  }

  @Post('proposals')
  @Can('vote', 'SplitKey')
  @ApiCommand()
  async propose(
    @Param('contract') contractId: string,
    @Param('key') key: string,
    @Body() { id, from, closesAt, reason, weights }: ProposalBody,
    @Caller() caller: CallerContext,
  ) {
    const { territory, now, principal } = caller;
    const { rules, timeZone } = await this.keys.rulesOf(territory, { contractId, key }, now);
    const told = weights.map((one) => ({ id: one.id, weight: one.weight }));
    const proposal = { id, from, closesAt, reason, weights: told, rules };
    const by = partyOf(principal);
    const command = { type: 'ProposeKey', contractId, key, proposal, by, timeZone, territory, now } as const;
    return proposalView(proposalIn(await this.keys.step({ contractId, key }, command, contextOf(caller)), id), by);
  }

  /** One vote a person, their own, that may be changed until the vote ends. */
  @Post('proposals/:id/votes')
  @HttpCode(200)
  @Can('vote', 'SplitKey')
  @ApiCommand()
  async vote(
    @Param('contract') contractId: string,
    @Param('key') key: string,
    @Param('id', IdPipe) id: string,
    @Body() { vote }: VoteBody,
    @Caller() caller: CallerContext,
  ) {
    const { territory, now, principal } = caller;
    const voter = partyOf(principal);
    const command = { type: 'CastVote', proposalId: id, voter, vote, territory, now } as const;
    return proposalView(proposalIn(await this.keys.step({ contractId, key }, command, contextOf(caller)), id), voter);
  }

  /** A professional sees what they would get and what all would; finance sees each under a pseudonym. */
  @Get('proposals/:id/simulation')
  @TimeLimit(0)
  async simulation(
    @Param('contract') contractId: string,
    @Param('key') key: string,
    @Param('id', IdPipe) id: string,
    @Query() { month }: SimulationQuery,
    @Reader() { territory, principal, now }: ReaderContext,
  ) {
    const { state, currency, bookId } = await this.seen({ contractId, key }, territory, principal, now);
    const made = await this.simulations.simulate(territory, state, proposalIn(state, id), month);
    const compared = ({ current, proposed }: { readonly current: bigint; readonly proposed: bigint }) => {
      const money = (cents: bigint) => toWireMoney({ cents, currency });
      return { current: money(current), proposed: money(proposed), difference: money(proposed - current) };
    };
    const head = { month: made.month, subjects: made.subjects };
    if (!mayEver(principal, 'read', 'Book')) {
      const { own, total } = ownOf(made, partyOf(principal));
      return { ...head, own: compared(own), total: compared(total) };
    }
    const parties = [...new Set([...made.current.keys(), ...made.proposed.keys()])];
    const people = parties.map((party) => ({
      person: pseudonymOf(bookId, party),
      ...compared({ current: made.current.get(party) ?? 0n, proposed: made.proposed.get(party) ?? 0n }),
    }));
    const { total } = ownOf(made, '');
    return { ...head, people: people.sort((a, b) => (a.person < b.person ? -1 : 1)), total: compared(total) };
  }

  /** The votes of a key, for its voters and for finance; absent for others. Throws NOT_FOUND. */
  private async seen(place: KeyPlace, territory: string, principal: Principal, now: string) {
    const { rules, timeZone } = await this.keys.rulesOf(territory, place, now);
    if (!mayDo(principal, 'read', 'SplitKey', { voters: rules.voters })) throw new DomainError('NOT_FOUND');
    const { pin } = await this.contracts.activeAt(territory, place.contractId, now);
    const { contract, bookId } = activeContract(shelf, territory, pin.sha256);
    const { currency } = contract.document;
    return { timeZone, currency, bookId, state: await this.keys.read(territory, place) };
  }
}

function proposalIn({ open, past }: SplitKey, id: string): KeyProposal {
  const found = [...past, ...(open ? [open] : [])].find((one) => one.id === id);
  if (!found) throw new DomainError('NOT_FOUND');
  return found;
}

/** A proposal with how many voted what, and the reader's own vote. */
function proposalView({ votes: given, rules, ...proposal }: KeyProposal, party: string | undefined) {
  const { quorum, majority, by, voters } = rules;
  const own = given.find(({ voter }) => voter === party)?.vote ?? null;
  return { ...proposal, by, quorum, majority, voters: voters.length, tally: tallyOf({ votes: given }), ownVote: own };
}
