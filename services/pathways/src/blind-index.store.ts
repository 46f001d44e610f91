import { Store } from '@ariane/store';
import { Injectable } from '@nestjs/common';
import { createHmac } from 'node:crypto';
import { blindTextOf, type Identifier } from './identifiers';

/** Finds an identifier again without reading it: a hash under a key of the territory, useless without that key. */
@Injectable()
export class BlindIndex {
  constructor(private readonly store: Store) {}

  /** One hash per identifier, in their order. */
  async hashesOf(territory: string, identifiers: readonly Identifier[]): Promise<string[]> {
    const key = await this.store.keys.key(territory, 'blind-index');
    return identifiers.map((identifier) =>
      createHmac('sha256', key).update(blindTextOf(identifier)).digest('base64url'),
    );
  }
}
