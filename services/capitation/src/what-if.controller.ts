import { Can } from '@ariane/auth';
import { monthPattern } from '@ariane/kernel';
import { Discloses, DisclosesNothing, Reader, type ReaderContext, TimeLimit } from '@ariane/service';
import { Body, Controller, Get, HttpCode, Param, ParseIntPipe, Post } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsInt, IsObject, IsOptional, IsString, Length, Matches, Min, ValidateIf } from 'class-validator';
import { ContractsService } from './contracts.store';
import { DryRuns } from './dry-runs.store';
import { contractView } from './views';

class SimulationBody {
  @ApiProperty({ description: 'The contract whose real inputs are priced.', example: 'care-pathway-b' })
  @IsString()
  @Length(1, 80)
  inputsOf!: string; /* filled by the pipe */

  @ApiPropertyOptional({ description: 'A contract document as it is; without it, a version that is stored.' })
  @IsOptional()
  @IsObject()
  document?: Record<string, unknown>;

  @ApiPropertyOptional({ description: 'The stored contract to price under.', example: 'care-pathway-b' })
  @IsOptional()
  @IsString()
  @Length(1, 80)
  contract?: string;

  @ApiPropertyOptional({ description: 'Its version; needed where no document is given.', example: 2 })
  @ValidateIf(({ document }: SimulationBody) => document === undefined)
  @IsInt()
  @Min(1)
  version?: number;

  @ApiPropertyOptional({ description: 'By default the last month that has any inputs.', example: '2026-06' })
  @IsOptional()
  @Matches(monthPattern)
  month?: string;
}

/** A contract as one reads it, and what another would have paid: nothing of it is posted or kept. */
@ApiTags('payment contracts')
@Controller('payment-contracts')
@Can('read', 'PaymentContract')
@DisclosesNothing('sums and terms, by no pathway')
export class WhatIfController {
  constructor(
    private readonly contracts: ContractsService,
    private readonly dryRuns: DryRuns,
  ) {}

  /** A version with its document. */
  @Get(':id/versions/:version')
  async one(
    @Param('id') id: string,
    @Param('version', ParseIntPipe) version: number,
    @Reader() { territory }: ReaderContext,
  ) {
    const found = await this.contracts.find(territory, id, version);
    return { ...contractView(found), document: JSON.parse(found.json) as unknown };
  }

  /** Winners and losers: the inputs of one contract's month priced under another, beside what was posted. */
  @Post('simulations')
  @Can('simulate', 'PaymentContract')
  @Discloses('read-account')
  @HttpCode(200)
  @TimeLimit(0)
  async simulate(@Body() body: SimulationBody, @Reader() { territory }: ReaderContext) {
    const { inputsOf, document, contract = inputsOf, version = 0, month } = body;
    const asked = { inputsOf, ...(month === undefined ? {} : { month }) };
    const priced = document ?? (await this.documentOf(territory, contract, version));
    return this.dryRuns.simulate(territory, priced, asked);
  }

  private async documentOf(territory: string, id: string, version: number): Promise<unknown> {
    return JSON.parse((await this.contracts.find(territory, id, version)).json) as unknown;
  }
}
