/**
 * The digest of what stories came to, computed on the raw stores by a program that shares no code with the services:
 * two runs whose digests are equal ended in the same states, with the same entries for the same causes.
 *
 *   MONGO_URL=... node test/digest/digest.ts [--text] [--pathway ID]
 */
import { parseArgs } from 'node:util';
import { mongo } from 'mongoose';
import { canonicalText, type Raw, sha256, type Stores } from './canonical-text.ts';

const databases = ['pathways', 'scheduling', 'tele_expertise', 'meetings', 'capitation'] as const;

export interface Digest {
  readonly sha256: string;
  readonly text: string;
}

/** @param pathwayId only what belongs to this pathway; everything when absent */
export async function digestOf(mongoUrl: string, pathwayId?: string): Promise<Digest> {
  const client = await mongo.MongoClient.connect(mongoUrl, { useBigInt64: true });
  try {
    const text = canonicalText(await readStores((name) => client.db(`ariane_${name}`), pathwayId));
    return { sha256: sha256(text), text };
  } finally {
    await client.close();
  }
}

async function readStores(open: (name: (typeof databases)[number]) => mongo.Db, pathwayId?: string): Promise<Stores> {
  const read = (name: (typeof databases)[number], collection: string, filter: Raw = {}): Promise<Raw[]> =>
    open(name).collection<Raw>(collection).find(filter).toArray();
  const ofPathway = pathwayId === undefined ? {} : { pathwayId };
  const entries = await read('capitation', 'entries');
  const outboxes = await Promise.all(databases.map((name) => read(name, 'outbox')));
  return {
    pathways: await read('pathways', 'pathways', pathwayId === undefined ? {} : { id: pathwayId }),
    tasks: await read('pathways', 'tasks', ofPathway),
    alerts: await read('pathways', 'alerts', ofPathway),
    appointments: await read('scheduling', 'appointments', ofPathway),
    opinions: await read('tele_expertise', 'opinion_requests', ofPathway),
    cases: await read('meetings', 'meeting_cases', ofPathway),
    entries: pathwayId === undefined ? entries : entries.filter((entry) => tellsOf(entry, pathwayId)),
    facts: new Map(
      outboxes.flat().map((fact) => {
        const { _id, type, time, subject } = fact;
        return [String(_id), { type: String(type), time: String(time), subject: String(subject) }];
      }),
    ),
  };
}

/** In the books a pathway goes by a name made from the book and its id. */
function tellsOf(entry: Raw, pathwayId: string): boolean {
  const pseudonym = `ep-${sha256(`${String(entry['book'])}|${pathwayId}`).slice(0, 16)}`;
  return JSON.stringify(entry['legs'], (_, value: unknown) =>
    typeof value === 'bigint' ? String(value) : value,
  ).includes(pseudonym);
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { text: { type: 'boolean' }, pathway: { type: 'string' } } });
  const url = process.env['MONGO_URL'];
  if (url === undefined) throw new Error('The digest needs MONGO_URL in its environment.');
  const digest = await digestOf(url, values.pathway);
  if (values.text === true) process.stdout.write(digest.text);
  console.log(digest.sha256);
}
