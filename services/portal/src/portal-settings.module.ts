import { readFileSync } from 'node:fs';
import { Module } from '@nestjs/common';
import { type ClaimMapping, claimMappingOf } from './claim-mapping';
import { portalSettings, type PortalSettings } from './portal-settings';

export const PORTAL_SETTINGS = Symbol.for('ariane.portal-settings');
export const CLAIM_MAPPING = Symbol.for('ariane.claim-mapping');

/** What the deployer has set, read and checked before anything is served. */
@Module({
  providers: [
    { provide: PORTAL_SETTINGS, useFactory: () => portalSettings(process.env) },
    {
      provide: CLAIM_MAPPING,
      useFactory: ({ provider }: PortalSettings) => mappingIn(provider.claimsFile),
      inject: [PORTAL_SETTINGS],
    },
  ],
  exports: [PORTAL_SETTINGS, CLAIM_MAPPING],
})
export class PortalSettingsModule {}

function mappingIn(file: string): ClaimMapping {
  const mapping = claimMappingOf(readFileSync(file, 'utf8'));
  if (!Array.isArray(mapping)) return mapping as ClaimMapping; // as: faults are the only list
  throw new Error(`The claim mapping in ARIANE_OIDC_CLAIMS_FILE is wrong: ${mapping.join('; ')}.`);
}
