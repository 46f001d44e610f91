import { Injectable } from '@nestjs/common';
import type { mongo } from 'mongoose';
import type { SignedInPerson } from './person-of-claims';
import { PortalDatabase } from './portal-database.store';
import { idleEnd, isWorthKeeping, type Session, type SessionLimits } from './session';
import { digest, newSecretId } from './sessions.store';

const DAY_MS = 86_400_000;

/** A phone that is a person's own: it stays known for a treatment's length, as long as it is used each month. */
export const PATIENT_LIMITS: SessionLimits = { idleMs: 30 * DAY_MS, wholeMs: 180 * DAY_MS };

interface PatientSessionDocument {
  /** Digest of the id in the cookie. */
  readonly _id: string;
  readonly territory: string;
  readonly linkId: string;
  readonly deviceId: string;
  readonly sealed: mongo.Binary;
  readonly lastActAt: Date;
  readonly endsAt: Date;
}

/** A session that a link and a code have opened. */
export interface PatientSession extends Session {
  readonly linkId: string;
  readonly deviceId: string;
}

/** The sessions of devices without an account; they end with their device or their link. */
@Injectable()
export class PatientSessions {
  constructor(private readonly database: PortalDatabase) {}

  /** Opens a session under a new id, which is given back for the cookie and kept nowhere. */
  async open(
    person: SignedInPerson,
    { linkId, deviceId, endsAtMs }: { readonly linkId: string; readonly deviceId: string; readonly endsAtMs: number },
    nowMs: number,
  ): Promise<string> {
    const id = newSecretId();
    const key = digest(id);
    await this.collection.insertOne({
      ...{ _id: key, territory: person.territory, linkId, deviceId },
      sealed: await this.database.sealed(person.territory, key, person),
      lastActAt: new Date(nowMs),
      endsAt: new Date(Math.min(endsAtMs, nowMs + PATIENT_LIMITS.wholeMs)),
    });
    return id;
  }

  /** The session of a cookie's id, while it lasts. */
  async find(id: string, nowMs: number): Promise<PatientSession | undefined> {
    const found = await this.collection.findOne({ _id: digest(id) });
    if (found === null) return undefined;
    const { _id: key, territory, linkId, deviceId } = found;
    const times = { lastActMs: found.lastActAt.getTime(), endsMs: found.endsAt.getTime() };
    if (nowMs >= idleEnd(times, PATIENT_LIMITS)) {
      await this.end({ deviceId });
      return undefined;
    }
    const person = await this.database.unsealed(territory, key, found.sealed);
    return { key, ...times, linkId, deviceId, person: person as SignedInPerson }; // as: written by `open` only
  }

  /** Writes down that the person did something now, where that is worth a write. */
  async touch(session: PatientSession, nowMs: number): Promise<PatientSession> {
    if (!isWorthKeeping(session.lastActMs, nowMs, PATIENT_LIMITS)) return session;
    await this.collection.updateOne({ _id: session.key }, { $max: { lastActAt: new Date(nowMs) } });
    return { ...session, lastActMs: nowMs };
  }

  /** Ends the sessions of a device, or of all devices of a link. */
  async end(which: { readonly linkId: string } | { readonly deviceId: string }): Promise<void> {
    await this.collection.deleteMany(which);
  }

  private get collection(): mongo.Collection<PatientSessionDocument> {
    return this.database.collection<PatientSessionDocument>('patientSessions');
  }
}
