import { createHmac } from 'node:crypto';
import type { Store } from '@ariane/store';

/** A member of a book under its pseudonym: the same in the roster and on bills of care outside the team. */
export const memberPseudonym = (store: Store, territory: string, book: string, reference: string): Promise<string> =>
  pseudonym(store, territory, 'mb', `${book}|${reference}`);

/**
 * A name that stands for a text: no table of numbers gives the text back, for it is keyed with the territory's own key.
 *
 * @param prefix what kind of thing it names, two letters
 */
export async function pseudonym(store: Store, territory: string, prefix: string, text: string): Promise<string> {
  const key = await store.keys.key(territory, `territory:${territory}`);
  return `${prefix}-${createHmac('sha256', key).update(text).digest('hex').slice(0, 20)}`;
}
