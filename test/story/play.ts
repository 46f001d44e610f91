/**
 * Plays one patient's story against a running stack, through the HTTP API, as the people in it: visits attended, tasks
 * done, opinions signed, decisions recorded. Nothing else: bookings, tasks, requests, cases and postings are made by the
 * services and the workflow, and where they are not, the story stalls and says where.
 */
import { randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import { Api, Refused } from './api.ts';
import { type CourseName, courses } from './courses.ts';
import { playStory } from './player.ts';
import { report } from './report.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    neoadjuvant: { type: 'boolean' },
    'quorum-missed': { type: 'boolean' },
    refuses: { type: 'boolean' },
    dies: { type: 'boolean' },
    patient: { type: 'string' },
    seed: { type: 'string' },
  },
});
const [story] = positionals;
if (story !== 'breast-cancer') {
  console.error(
    'Which story? npm run story -- breast-cancer [--neoadjuvant | --quorum-missed | --refuses | --dies] [--patient ID]',
  );
  process.exit(2);
}
const named = (Object.keys(courses) as CourseName[]).find(
  (name) => name !== 'default' && values[name as 'dies'] === true,
);
const urls = JSON.parse(process.env.STACK_URLS ?? '{}') as Record<string, string>; // as: written by deploy/story.ts
const api = new Api(urls);
try {
  const told = await playStory(api, {
    course: courses[named ?? 'default'],
    seed: values.seed ?? randomUUID(),
    ...(values.patient === undefined ? {} : { patientId: values.patient }),
    log: (line) => {
      console.log(line);
    },
  });
  await report(api, told, (line) => {
    console.log(line);
  });
} catch (error) {
  console.error(error instanceof Refused || error instanceof Error ? `\nThe story stops: ${error.message}` : error);
  process.exit(1);
}
