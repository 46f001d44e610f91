import { seal, Store, unseal } from '@ariane/store';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type mongo, mongo as driver } from 'mongoose';

/** Where the portal keeps who is signed in, is about to be and has been: beside its read models, but not among them. */
@Injectable()
export class PortalDatabase implements OnModuleInit {
  constructor(private readonly store: Store) {}

  async onModuleInit(): Promise<void> {
    // Whatever its use, a document goes when its end has passed: MongoDB looks once a minute, the readers each time.
    for (const name of ['sessions', 'signIns', 'patientSessions', 'patientDrafts', 'accounts'])
      await this.collection(name).createIndex({ endsAt: 1 }, { expireAfterSeconds: 0 }, {});
    for (const named of ['providerSubject', 'providerSession'])
      await this.collection('sessions').createIndex({ [named]: 1 }, {}, {});
    for (const named of ['linkId', 'deviceId'])
      await this.collection('patientSessions').createIndex({ [named]: 1 }, {}, {});
  }

  collection<T extends mongo.BSON.Document>(name: string): mongo.Collection<T> {
    return this.store.database.db.collection<T>(name);
  }

  /** Seals a value under the territory's key, bound to the document that it stands in. */
  async sealed(territory: string, bound: string, value: unknown): Promise<mongo.Binary> {
    const key = await this.store.keys.key(territory, `territory:${territory}`);
    return new driver.Binary(seal(key, Buffer.from(JSON.stringify(value)), bound));
  }

  /** Opens what `sealed` made; throws where it was moved or changed. */
  async unsealed(territory: string, bound: string, sealed: mongo.Binary): Promise<unknown> {
    const key = await this.store.keys.key(territory, `territory:${territory}`);
    return JSON.parse(unseal(key, Buffer.from(sealed.buffer), bound).toString('utf8')) as unknown;
  }
}
