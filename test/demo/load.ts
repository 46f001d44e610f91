/**
 * The demo cohort, labelled and from fixed seeds: a directory, calendars, a year of meetings, an active payment
 * contract, and three invented patients who have just been enrolled. Loaded once, through the HTTP API, like anything.
 */
import { Api } from '../story/api.ts';
import { courses } from '../story/courses.ts';
import { enrolPatients } from '../story/player.ts';

const { SERVICE_URLS = '{}', CLOCK_URL = '', ARIANE_ISSUER_URL = '' } = process.env;
const services = JSON.parse(SERVICE_URLS) as Record<string, string>; // as: written by deploy/stack.ts
const api = new Api({ ...services, clock: CLOCK_URL, issuer: ARIANE_ISSUER_URL });
const quiet = (): void => undefined;
const plots = ['demo-1', 'demo-2', 'demo-3'].map((seed) => ({ course: courses.default, seed, log: quiet }));
await enrolPatients(api, plots);
console.log('demo cohort: 12 professionals, 70 meetings, 1 payment contract, 3 patients');
