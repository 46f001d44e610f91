import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { portAnswers } from './wait.ts';

/**
 * Readiness of the three servers as their clients see it. The client libraries are loaded on first use: a process
 * that only reads the topology should not pay for them.
 */

/**
 * Resolves when the single-member replica set has a writable primary; initiates it the first time, and names the
 * member anew when the data folder was last used on another port.
 */
export async function replicaSetAnswers(port: number): Promise<void> {
  await portAnswers(port);
  const { mongo } = await import('mongoose');
  const client = new mongo.MongoClient(`mongodb://127.0.0.1:${port}/?directConnection=true`, {
    serverSelectionTimeoutMS: 1_000,
  });
  try {
    const admin = client.db('admin');
    const hello = await admin.command({ hello: 1 });
    const host = `127.0.0.1:${port}`;
    if (hello['isWritablePrimary'] === true && hello['me'] === host) return;
    const config = await admin.command({ replSetGetConfig: 1 }).then(
      (answer) => answer['config'] as ReplicaSetConfig,
      () => undefined,
    ); // as: the server's own shape
    const members = [{ _id: 0, host }];
    if (!config) {
      await admin.command({ replSetInitiate: { _id: 'rs0', members, settings: { electionTimeoutMillis: 1_000 } } });
    } else if (config.members[0]?.host !== host) {
      await admin.command({ replSetReconfig: { ...config, version: config.version + 1, members }, force: true });
    }
    await sleep(50);
    throw new Error('mongod has no writable primary yet');
  } finally {
    await client.close();
  }
}

interface ReplicaSetConfig {
  readonly version: number;
  readonly members: readonly { readonly host: string }[];
}

/**
 * Resolves when the broker names itself as a living broker of its cluster, which it does once it may take messages.
 * One Metadata request by hand (key 3, version 1, no topics): a Kafka client would start timers and log its retries.
 */
export function kafkaAnswers(port: number): Promise<void> {
  const request = Buffer.from([0, 0, 0, 16, 0, 3, 0, 1, 0, 0, 0, 1, 0, 2, 0x75, 0x70, 0, 0, 0, 0]);
  const brokersAt = 8; // after the length and the correlation id
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1' });
    let answer = Buffer.alloc(0);
    socket.setTimeout(1_000, () => socket.destroy(new Error('the broker does not answer')));
    socket.once('error', reject);
    socket.once('close', () => {
      reject(new Error('the broker closed the connection'));
    });
    socket.once('connect', () => socket.write(request));
    socket.on('data', (chunk) => {
      answer = Buffer.concat([answer, chunk]);
      if (answer.length < brokersAt + 4) return;
      if (answer.readInt32BE(brokersAt) > 0) resolve();
      else reject(new Error('the broker is not registered yet'));
      socket.destroy();
    });
  });
}

/** Resolves when Temporal knows the namespace in which our workflows run. */
export async function temporalAnswers(port: number): Promise<void> {
  await portAnswers(port);
  const { Connection } = await import('@temporalio/client');
  const connection = await Connection.connect({ address: `127.0.0.1:${port}`, connectTimeout: 1_000 });
  try {
    await connection.withDeadline(Date.now() + 1_000, () =>
      connection.workflowService.describeNamespace({ namespace: 'default' }),
    );
  } finally {
    await connection.close();
  }
}
