/**
 * Where a sign-in leads back to: a path of this portal and nothing else. A browser reads `//host`, `/\host` and a tab
 * or a line break inside them as another site, so that only plain characters are taken.
 *
 * @returns the path with its query and fragment, or `/` for anything else
 */
export function returnPath(asked: unknown): string {
  if (typeof asked !== 'string' || asked.length > 2_000) return '/';
  if (!/^\/(?![/\\])[\w\-.~!$&'()*+,;=:@/?#%[\]]*$/.test(asked)) return '/';
  const base = 'http://portal.invalid';
  if (!URL.canParse(asked, base)) return '/';
  const { origin, pathname, search, hash } = new URL(asked, base);
  // `/x/..//host` is written as `//host` once its dots are resolved.
  if (origin !== base || pathname.startsWith('//')) return '/';
  // A sign-in that leads to a sign-in would never end.
  return pathname.startsWith('/auth/') || pathname.startsWith('/api/') ? '/' : `${pathname}${search}${hash}`;
}
