import { type Collection, type Connection, mongo } from 'mongoose';

/** The documents one command leaves behind, by collection: what `ours` was seen to write. */
export type Documents = Readonly<Record<string, readonly mongo.Document[]>>;
type Write = (documents: Documents) => Promise<void>;

const durable = new mongo.WriteConcern('majority', undefined, true);

/** Peer 1: a bare transaction of the same documents, one command at a time per caller. */
export const oneByOne =
  (connection: Connection): Write =>
  async (documents) => {
    const session = await connection.startSession();
    await session.withTransaction(
      async () => {
        for (const [name, rows] of Object.entries(documents)) {
          await connection.db!.collection(name).insertMany([...rows], { session });
        }
      },
      {
        readConcern: new mongo.ReadConcern('snapshot'),
        writeConcern: durable,
      },
    );
    await session.endSession();
  };

/** Peer 2, the ceiling: a bare insertMany of the same documents in batches, without a transaction. */
export const inBatches =
  (connection: Connection): Write =>
  async (documents) => {
    for (const [name, rows] of Object.entries(documents)) {
      const collection = connection.db!.collection(name) as unknown as Collection;
      await collection.insertMany([...rows], {
        ordered: false,
        writeConcern: durable,
      });
    }
  };
