/**
 * The demo cohort, labelled and from fixed seeds: a directory, duty rosters, calendars, a year of meetings, an active
 * payment contract per protocol, three invented patients in breast cancer and one in each other protocol, all just
 * enrolled. Loaded once, through the HTTP API, like anything.
 */
import { Api } from '../story/api.ts';
import { courses } from '../story/courses.ts';
import { enrolPatients, settle } from '../story/player.ts';
import { paymentContracts } from '../story/territory.ts';
import { showcases } from './cast.ts';
import { enrolShowcase, ensureShowcases, isPaid } from './enrolment.ts';

const { SERVICE_URLS = '{}', CLOCK_URL = '', ARIANE_ISSUER_URL = '' } = process.env;
const services = JSON.parse(SERVICE_URLS) as Record<string, string>; // as: written by deploy/stack.ts
const api = new Api({ ...services, clock: CLOCK_URL, issuer: ARIANE_ISSUER_URL });
const quiet = (): void => undefined;
const plots = ['demo-1', 'demo-2', 'demo-3'].map((seed) => ({ course: courses.default, seed, log: quiet }));
const territory = await enrolPatients(api, plots);
const further = await ensureShowcases(api);
// The rosters have to be heard before a protocol that must be watched takes anybody.
await settle(api);
const paid = showcases.filter(isPaid);
for (const showcase of paid) await enrolShowcase(api, territory, further, showcase);
for (const { protocolId } of showcases.filter((one) => !isPaid(one))) {
  console.log(`nobody is enrolled in ${protocolId}: no payment contract of the demo pays for it`);
}
const professionals = territory.colleagues.length + further.length;
const contracts = paymentContracts().length;
console.log(`demo cohort: ${professionals} professionals, ${contracts} payment contracts, ${3 + paid.length} patients`);
