import { sha256Hex } from '@ariane/kernel';

/** What stands after the `#` of a link: the territory, which is no secret, and 256 random bits as base64url. */
interface LinkToken {
  readonly territory: string;
  readonly secret: string;
}

/** The page that a link opens; what follows the `#` reaches no server's log. */
export const linkUrl = (origin: string, page: 'patient' | 'shared', { territory, secret }: LinkToken): string =>
  `${origin}/${page}#${territory}.${secret}`;

/** @returns undefined for a text of another shape */
export function linkTokenOf(text: string): LinkToken | undefined {
  const [, territory, secret] = /^([a-z0-9][a-z0-9-]{0,62})\.([\w-]{43})$/.exec(text) ?? [];
  return territory === undefined || secret === undefined ? undefined : { territory, secret };
}

/** What a link's secret is kept as. */
export const tokenHashOf = (secret: string): string => sha256Hex(secret);

/** What a code is kept as: hashed with the link's secret, so that who reads the database cannot try a million codes. */
export const codeHashOf = (secret: string, code: string): string => sha256Hex(`${secret} ${code}`);

/** An address as its owner recognises it and nobody else reads it: `c•••@exemple.fr`, `•• 12`. */
export function maskedAddress(address: string): string {
  const [name = '', host] = address.split('@');
  return host === undefined ? `•• ${address.slice(-2)}` : `${name.slice(0, 1)}•••@${host}`;
}
