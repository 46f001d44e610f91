import { setTimeout as pause } from 'node:timers/promises';
import { FileKeyStore } from '@ariane/store';
import { Kafka, logLevel, type Producer } from 'kafkajs';
import type { Stack } from '../../deploy/stack.ts';
import { keyOf } from '../story/api.ts';
import { activate, readContract } from './ledger-postings.ts';
import { PostingPeople } from './posting-people.ts';
import { lifeOf, published, send, shuffled, type Told } from './told-events.ts';

const SAME_WITHIN_MS = 120_000;
const BREATH_MS = 20;
/** Reads, half a second apart, over which nothing moves. */
const STILL_READS = 8;

interface Territory {
  readonly people: PostingPeople;
  readonly pin: { readonly id: string; readonly version: number; readonly sha256: string };
}

/**
 * The same pathways told to two territories: to one while everything is killed, each event three times and out of order
 * (ahead of its turn, in its turn, and again much later); to the other once, in order, when all is quiet.
 */
export class Telling {
  messages = 0;
  private readonly stormy: Territory;
  private readonly calm: Territory;
  private readonly producer: Producer;
  private readonly keys: FileKeyStore;
  private readonly pathways: number;
  private readonly chance: () => number;

  private constructor(of: {
    readonly stormy: Territory;
    readonly calm: Territory;
    readonly producer: Producer;
    readonly keys: FileKeyStore;
    readonly pathways: number;
    readonly chance: () => number;
  }) {
    this.stormy = of.stormy;
    this.calm = of.calm;
    this.producer = of.producer;
    this.keys = of.keys;
    this.pathways = of.pathways;
    this.chance = of.chance;
  }

  get people(): readonly PostingPeople[] {
    return [this.stormy.people, this.calm.people];
  }

  static async begin(stack: Stack, pathways: number, chance: () => number): Promise<Telling> {
    const territory = async (name: string): Promise<Territory> => {
      const people = new PostingPeople(stack.urls, name, chance);
      return { people, pin: await activate(people, readContract('payment-contracts/onco-pathway-a.json')) };
    };
    const [stormy, calm] = [await territory('stormy'), await territory('calm')];
    const retry = { initialRetryTime: 100, maxRetryTime: 2_000, retries: 60 };
    const brokers = [stack.env['KAFKA_BROKERS'] ?? ''];
    const producer = new Kafka({ clientId: 'drill', brokers, logLevel: logLevel.NOTHING, retry }).producer();
    await producer.connect();
    const keys = new FileKeyStore(stack.env['ARIANE_KEYS_DIR'] ?? '');
    return new Telling({ stormy, calm, producer, keys, pathways, chance });
  }

  /** Tells the stormy territory. */
  async tell(): Promise<void> {
    const lives = await this.lives('stormy', this.stormy);
    const all = lives.flat();
    // Ahead of its turn: what comes before its predecessor is set aside, and must not count.
    await this.send(shuffled(all, this.chance).slice(0, Math.ceil(all.length / 4)), 0);
    // In the turn of its own service, services and pathways in any order.
    await this.send(mixed(lives.flatMap(byProducer), this.chance), BREATH_MS);
    await this.send(shuffled(all, this.chance), BREATH_MS);
  }

  /** Tells the calm territory, and says where the books of the two are not the same. */
  async faults(): Promise<string[]> {
    for (const life of await this.lives('calm', this.calm)) await this.send(life, 0);
    const [stormy, calm] = [this.stormy.people, this.calm.people];
    let [one, other] = [await standing(stormy), await standing(calm)];
    // Same and still for a while: what is only on its way to both would pass for the same.
    let stillFor = 0;
    for (const giveUp = Date.now() + SAME_WITHIN_MS; stillFor < STILL_READS && Date.now() < giveUp;) {
      await pause(500);
      const before = JSON.stringify([one, other]);
      [one, other] = [await standing(stormy), await standing(calm)];
      const isStill = before === JSON.stringify([one, other]) && other.length > 0;
      stillFor = isStill && JSON.stringify(one) === JSON.stringify(other) ? stillFor + 1 : 0;
    }
    await this.producer.disconnect();
    const isSame = JSON.stringify(one) === JSON.stringify(other);
    console.log(`${this.pathways} pathways told in a storm and in calm: ${other.length} accounts, the same: ${isSame}`);
    return isSame ? [] : [`events out of order gave other books: ${one.join('; ')} instead of ${other.join('; ')}`];
  }

  private async lives(name: string, { pin }: Territory): Promise<(readonly Told[])[]> {
    const numbers = Array.from({ length: this.pathways }, (_, at) => at);
    return Promise.all(
      numbers.map((at) => published(lifeOf(at, pin), keyOf('ledger-drill', name, String(at)), name, this.keys)),
    );
  }

  private async send(messages: readonly Told[], breathMs: number): Promise<void> {
    await send(this.producer, messages, breathMs);
    this.messages += messages.length;
  }
}

/** Every account with its balance, the pathways' pseudonyms left out: the sums over all pathways. */
async function standing(people: PostingPeople): Promise<string[]> {
  const text = await people.surely('GET', '/books/hospital-a/trial-balance');
  const { accounts } = JSON.parse(text) as { accounts: { account: string; balance: { amount: string } }[] }; // as: the route's own answer
  return accounts
    .filter(({ balance }) => balance.amount !== '0.00')
    .map(({ account, balance }) => `${account.replace(/ep-[0-9a-f]{16}/, 'ep')} ${balance.amount}`)
    .sort();
}

const byProducer = (life: readonly Told[]): (readonly Told[])[] => [
  ...Map.groupBy(life, ({ topic }) => topic).values(),
];

/** Streams put into one, each in its own order. */
function mixed(streams: readonly (readonly Told[])[], chance: () => number): Told[] {
  const left = streams.map((stream) => [...stream]);
  const turns = shuffled(
    streams.flatMap((stream, at) => stream.map(() => at)),
    chance,
  );
  return turns.flatMap((at) => left[at]?.shift() ?? []);
}
