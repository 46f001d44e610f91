import { createHash, randomBytes } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { Injectable } from '@nestjs/common';
import type { mongo } from 'mongoose';
import { PortalDatabase } from './portal-database.store';
import type { SignedInPerson } from './person-of-claims';
import { PORTAL_SETTINGS } from './portal-settings.module';
import type { PortalSettings } from './portal-settings';
import { Inject } from '@nestjs/common';
import { idleEnd, isWorthKeeping, type Session } from './session';

interface SessionDocument {
  /** SHA-256 of the id in the cookie: who reads the database cannot take a session over. */
  readonly _id: string;
  readonly territory: string;
  /** Digests of the provider's names for the person and for its own session: what its logout names. */
  readonly providerSubject: string;
  readonly providerSession?: string;
  readonly sealed: mongo.Binary;
  readonly startedAt: Date;
  readonly lastActAt: Date;
  readonly endsAt: Date;
}

/** For so long what was read of a session answers for it: a session that ends at another portal ends here so much later. */
const KEPT_MS = 1_000;

/** What is sealed in a session. */
interface Kept {
  readonly person: SignedInPerson;
  readonly idToken: string;
}

/** Who opens a session, and by whose word. */
export interface Opening {
  readonly person: SignedInPerson;
  readonly issuer: string;
  readonly providerSubject: string;
  readonly providerSession: string | undefined;
  readonly idToken: string;
}

/** What a provider's logout names: a person, one of their sessions, or both. */
export interface LoggedOut {
  readonly issuer: string;
  readonly subject: string | undefined;
  readonly session: string | undefined;
}

export const digest = (text: string): string => createHash('sha256').update(text).digest('base64url');

/** 256 random bits as base64url. */
export const newSecretId = (): string => randomBytes(32).toString('base64url');

/** The sessions of the people who are signed in, in MongoDB, so that they outlive the process. */
@Injectable()
export class Sessions {
  /** Says `ended` and the key of a session that ends here, so that its streams can be cut at once. */
  readonly events = new EventEmitter().setMaxListeners(0);
  /** By key, what was read a moment ago: a screen asks several things at once, and one look answers for all of them. */
  private readonly looks = new Map<string, Promise<Session | undefined>>();

  constructor(
    private readonly database: PortalDatabase,
    @Inject(PORTAL_SETTINGS) private readonly settings: PortalSettings,
  ) {}

  /** Opens a session under a new id, which is given back for the cookie and kept nowhere. */
  async open(opening: Opening, nowMs: number): Promise<string> {
    const { issuer, person, idToken, providerSubject, providerSession } = opening;
    const id = newSecretId();
    const key = digest(id);
    const kept: Kept = { person, idToken };
    await this.collection.insertOne({
      _id: key,
      territory: person.territory,
      providerSubject: digest(`${issuer} ${providerSubject}`),
      ...(providerSession === undefined ? {} : { providerSession: digest(`${issuer} ${providerSession}`) }),
      sealed: await this.database.sealed(person.territory, key, kept),
      startedAt: new Date(nowMs),
      lastActAt: new Date(nowMs),
      endsAt: new Date(nowMs + this.settings.limits.wholeMs),
    });
    return id;
  }

  /** The session of a cookie's id, while it lasts. */
  async find(id: string, nowMs: number): Promise<Session | undefined> {
    const key = digest(id);
    const kept = await this.looks.get(key);
    if (kept !== undefined && nowMs < idleEnd(kept, this.settings.limits)) return kept;
    const look = this.read(key, nowMs);
    this.keep(key, look);
    return look;
  }

  /** Keeps a look for a moment, and one that found nothing or failed not at all. */
  private keep(key: string, look: Promise<Session | undefined>): void {
    const forget = (): void => {
      if (this.looks.get(key) === look) this.looks.delete(key);
    };
    this.looks.set(key, look);
    look.then((found) => {
      if (found === undefined) forget();
      else setTimeout(forget, KEPT_MS).unref();
    }, forget);
  }

  private async read(key: string, nowMs: number): Promise<Session | undefined> {
    const document = await this.alive(key, nowMs);
    if (document === undefined) return undefined;
    const { person } = await this.keptIn(document);
    return { key: document._id, person, lastActMs: document.lastActAt.getTime(), endsMs: document.endsAt.getTime() };
  }

  async isAlive(key: string, nowMs: number): Promise<boolean> {
    return (await this.alive(key, nowMs)) !== undefined;
  }

  /** Writes down that the person did something now, where that is worth a write; gives the session as it is then. */
  async touch(session: Session, nowMs: number): Promise<Session> {
    if (!isWorthKeeping(session.lastActMs, nowMs, this.settings.limits)) return session;
    await this.collection.updateOne({ _id: session.key }, { $max: { lastActAt: new Date(nowMs) } });
    const touched = { ...session, lastActMs: nowMs };
    if (this.looks.has(session.key)) this.keep(session.key, Promise.resolve(touched));
    return touched;
  }

  /** Ends a session; gives the identity token with which the provider is told. */
  async end(key: string): Promise<string | undefined> {
    const document = await this.collection.findOneAndDelete({ _id: key });
    this.tellEnded(key);
    return document === null ? undefined : (await this.keptIn(document)).idToken;
  }

  /** Ends every session that a provider's logout names. */
  async endAll({ issuer, subject, session }: LoggedOut): Promise<number> {
    const named = {
      ...(subject === undefined ? {} : { providerSubject: digest(`${issuer} ${subject}`) }),
      ...(session === undefined ? {} : { providerSession: digest(`${issuer} ${session}`) }),
    };
    if (Object.keys(named).length === 0) return 0;
    const ended = await this.collection.find(named, { projection: { _id: 1 } }).toArray();
    await this.collection.deleteMany({ _id: { $in: ended.map(({ _id }) => _id) } });
    for (const { _id } of ended) this.tellEnded(_id);
    return ended.length;
  }

  /** Whoever asks from now on is not answered by a look that was begun before. */
  private tellEnded(key: string): void {
    this.looks.delete(key);
    this.events.emit('ended', key);
  }

  private async alive(key: string, nowMs: number): Promise<SessionDocument | undefined> {
    const document = await this.collection.findOne({ _id: key });
    if (document === null) return undefined;
    const times = { lastActMs: document.lastActAt.getTime(), endsMs: document.endsAt.getTime() };
    if (nowMs < idleEnd(times, this.settings.limits)) return document;
    await this.end(key);
    return undefined;
  }

  private async keptIn({ territory, _id, sealed }: SessionDocument): Promise<Kept> {
    return (await this.database.unsealed(territory, _id, sealed)) as Kept; // as: written by `open` only
  }

  private get collection(): mongo.Collection<SessionDocument> {
    return this.database.collection<SessionDocument>('sessions');
  }
}
