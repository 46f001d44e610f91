/** The civil time and the public holidays of a territory, copied to each of its pathways at enrolment. */
export interface TerritorySettings {
  readonly timeZone: string;
  readonly holidays: string;
}

const metropolitan: TerritorySettings = { timeZone: 'Europe/Paris', holidays: 'FR' };

/**
 * The settings of a territory: metropolitan France unless said otherwise.
 *
 * @param text JSON by territory, `{"reunion":{"timeZone":"Indian/Reunion","holidays":"FR-974"}}`; undefined for none
 */
export function territorySettings(text: string | undefined, territory: string): TerritorySettings {
  const known = JSON.parse(text ?? '{}') as Record<string, Partial<TerritorySettings>>; /* the deployer's own file */
  return { ...metropolitan, ...known[territory] };
}
