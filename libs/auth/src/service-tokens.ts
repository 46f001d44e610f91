import type { Principal } from './principal';
import { readSecret } from './secret-files';

export interface ServiceTokenSettings {
  readonly issuer: string;
  readonly service: string;
  readonly secretFile: string;
}

/** A token, and the UTC instant of the machine's clock at which it ends. */
export interface IssuedToken {
  readonly token: string;
  readonly expiresAt: string;
}

/** A token is renewed this long before it ends, so that a slow call does not outlive it. */
const renewBeforeMs = 60_000;

/** Gets and renews the service's own token, one per territory. Throws an Error, worth a retry, when refused. */
export class ServiceTokens {
  private readonly kept = new Map<string, Promise<IssuedToken>>();

  constructor(private readonly settings: ServiceTokenSettings) {}

  async tokenFor(territory: string): Promise<string> {
    const known = this.kept.get(territory);
    if (known !== undefined) {
      const { token, expiresAt } = await known;
      if (Date.parse(expiresAt) - renewBeforeMs > Date.now()) return token;
      // Another caller may have begun the renewal while this one waited.
      if (this.kept.get(territory) !== known) return this.tokenFor(territory);
    }
    const asked = this.ask(territory);
    this.kept.set(territory, asked);
    asked.catch(() => this.kept.delete(territory));
    return (await asked).token;
  }

  /** Drops a token that was refused. */
  forget(territory: string): void {
    this.kept.delete(territory);
  }

  /**
   * A token of 10 minutes for a person who has signed in to this service, which must be the portal; not kept here.
   * Throws an Error, worth a retry, when refused.
   */
  forPerson(person: Extract<Principal, { kind: 'person' }>): Promise<IssuedToken> {
    return this.post('person-token', { person });
  }

  private ask(territory: string): Promise<IssuedToken> {
    return this.post('service-token', { territory });
  }

  private async post(path: string, asked: object): Promise<IssuedToken> {
    const { issuer, service, secretFile } = this.settings;
    const secret = await readSecret(secretFile, service);
    const response = await fetch(`${issuer}/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ service, secret, ...asked }),
      signal: AbortSignal.timeout(5_000),
    });
    if (!response.ok) throw new Error(`The issuer refused a token to ${service}: ${response.status}.`);
    return (await response.json()) as IssuedToken; /* the issuer's own answer */
  }
}
