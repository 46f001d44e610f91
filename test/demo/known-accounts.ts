import { demoPeople } from '../../deploy/identity-people.ts';
import { Browser } from '../access/browser.ts';

/**
 * Signs everybody in once who acts in the demo and is no professional of its directory, so that a name is known for
 * whoever prepared and approved before anybody has looked around. Throws an Error where a sign-in leads elsewhere.
 *
 * @param portal its base address
 */
export async function makeAccountsKnown(portal: string): Promise<void> {
  const unlisted = demoPeople.filter(({ rpps, roles }) => rpps === undefined && !roles.includes('patient'));
  for (const { id } of unlisted) {
    const browser = new Browser(portal);
    const { response } = await browser.follow(`/auth/login?to=/&hint=${id}`);
    const isIn = (await browser.send('/api/session')).ok;
    if (!isIn) throw new Error(`a sign-in of the demo ended with ${response.status}`);
    await browser.send('/auth/logout', { method: 'POST' });
  }
}
