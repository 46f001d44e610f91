/** The cookie that holds the session's id: bound to this very origin, out of reach of scripts. */
export const SESSION_COOKIE = '__Host-ariane';
/** The cookie that binds a sign-in under way to the browser that began it. */
export const SIGN_IN_COOKIE = '__Host-ariane-sign-in';

/** The cookies of whoever came by a link: the patient's own page, and a plan that is shared with them. */
export const cookieOf = { patient: '__Host-ariane-patient', shared: '__Host-ariane-shared' } as const;

const idShape = /^[A-Za-z0-9_-]{43}$/;

/** The id in a cookie: 256 bits as base64url; undefined where the cookie is absent, given twice or of another shape. */
export function idInCookie(header: string | undefined, name: string): string | undefined {
  const values = (header ?? '')
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part.startsWith(`${name}=`))
    .map((part) => part.slice(name.length + 1));
  const [value] = values;
  return values.length === 1 && value !== undefined && idShape.test(value) ? value : undefined;
}

/** A Set-Cookie header that a browser keeps until it is closed. */
export const cookieWith = (name: string, id: string): string => `${name}=${id}; Path=/; Secure; HttpOnly; SameSite=Lax`;

/** A Set-Cookie header that outlives the browser's window. */
export const keptCookieWith = (name: string, id: string, keptMs: number): string =>
  `${cookieWith(name, id)}; Max-Age=${String(Math.floor(keptMs / 1_000))}`;

/** A Set-Cookie header that takes a cookie away. */
export const cookieWithout = (name: string): string => `${cookieWith(name, '')}; Max-Age=0`;

/** The page of links that asks, where it is one: a browser may hold a session of each. */
export function entryIn(headers: Readonly<Record<string, unknown>>): keyof typeof cookieOf | undefined {
  const entry = headers['x-ariane-entry'];
  return entry === 'patient' || entry === 'shared' ? entry : undefined;
}
