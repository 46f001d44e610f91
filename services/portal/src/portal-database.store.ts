import { busSettings, databaseOf } from '@ariane/bus';
import { StopHooks } from '@ariane/service';
import { type Database, FileKeyStore, type KeyStore, openDatabase, seal, unseal } from '@ariane/store';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type mongo, mongo as driver } from 'mongoose';

/** The portal's own database and keys: who is signed in, and who is about to be. */
@Injectable()
export class PortalDatabase implements OnModuleInit {
  private readonly settings = busSettings(process.env);
  private readonly keys: KeyStore = new FileKeyStore(this.settings.keysFolder);
  private opened: Database | undefined;

  constructor(private readonly stops: StopHooks) {}

  async onModuleInit(): Promise<void> {
    this.opened = await openDatabase(this.settings.mongoUrl, databaseOf('portal'));
    const { connection } = this.opened;
    this.stops.add('database', () => connection.close());
    // Whatever its use, a document goes when its end has passed: MongoDB looks once a minute, the readers each time.
    for (const name of ['sessions', 'signIns'])
      await this.opened.db.collection(name).createIndex({ endsAt: 1 }, { expireAfterSeconds: 0 }, {});
    await this.opened.db.collection('sessions').createIndex({ providerSubject: 1 }, {}, {});
    await this.opened.db.collection('sessions').createIndex({ providerSession: 1 }, {}, {});
  }

  collection<T extends mongo.BSON.Document>(name: string): mongo.Collection<T> {
    if (this.opened === undefined) throw new Error('The database is not open yet.');
    return this.opened.db.collection<T>(name);
  }

  /** Seals a value under the territory's key, bound to the document that it stands in. */
  async sealed(territory: string, bound: string, value: unknown): Promise<mongo.Binary> {
    const key = await this.keys.key(territory, `territory:${territory}`);
    return new driver.Binary(seal(key, Buffer.from(JSON.stringify(value)), bound));
  }

  /** Opens what `sealed` made; throws where it was moved or changed. */
  async unsealed(territory: string, bound: string, sealed: mongo.Binary): Promise<unknown> {
    const key = await this.keys.key(territory, `territory:${territory}`);
    return JSON.parse(unseal(key, Buffer.from(sealed.buffer), bound).toString('utf8')) as unknown;
  }
}
