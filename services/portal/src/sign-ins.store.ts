import { Injectable } from '@nestjs/common';
import type { mongo } from 'mongoose';
import { PortalDatabase } from './portal-database.store';
import { digest } from './sessions.store';

/** Longer than a person needs at the provider, second factor included. */
const SIGN_IN_MS = 900_000;
/** Nobody has a territory before signing in: what is sealed until then is sealed under a key of the portal's own. */
const OWN_KEYS = 'portal';

interface SignInDocument {
  /** Digest of the state that the provider gives back. */
  readonly _id: string;
  /** Digest of the id in the browser's cookie: nobody finishes what another browser began. */
  readonly browser: string;
  readonly sealed: mongo.Binary;
  readonly endsAt: Date;
}

/** What must be known again when the provider sends the person back. */
export interface SignIn {
  readonly state: string;
  readonly nonce: string;
  /** PKCE's verifier, whose digest the provider was given. */
  readonly verifier: string;
  /** The path to which the sign-in leads. */
  readonly to: string;
}

/** Sign-ins under way; several may be, in tabs of one browser. Each is finished once. */
@Injectable()
export class SignIns {
  constructor(private readonly database: PortalDatabase) {}

  async begin(browserId: string, signIn: SignIn, nowMs: number): Promise<void> {
    const key = digest(signIn.state);
    await this.collection.insertOne({
      _id: key,
      browser: digest(browserId),
      sealed: await this.database.sealed(OWN_KEYS, key, signIn),
      endsAt: new Date(nowMs + SIGN_IN_MS),
    });
  }

  /** Takes a sign-in out, so that it cannot be finished again; undefined for one that this browser did not begin. */
  async take(browserId: string, state: string, nowMs: number): Promise<SignIn | undefined> {
    const key = digest(state);
    const found = await this.collection.findOneAndDelete({ _id: key, browser: digest(browserId) });
    if (found === null || found.endsAt.getTime() <= nowMs) return undefined;
    return (await this.database.unsealed(OWN_KEYS, key, found.sealed)) as SignIn; // as: written by `begin` only
  }

  private get collection(): mongo.Collection<SignInDocument> {
    return this.database.collection<SignInDocument>('signIns');
  }
}
