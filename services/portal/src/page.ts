/**
 * What the page may load: everything from here and nothing from elsewhere. Styles may be written in the page because
 * its components set them element by element; scripts may not.
 */
export const pagePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

/** Heads of paths that are not the page's: a misspelt address of the API is a 404 and not a page. */
const notThePages = new Set(['api', 'auth', 'health', 'internal', 'openapi.json']);

/**
 * The file that answers a path: itself where it names one, the patient's entry below `/patient` and `/shared`, else the workspace's.
 *
 * @returns undefined for what is not the page's, and for names that lead out of its folder
 */
export function entryOf(path: string): string | undefined {
  const segments = path.slice(1).split('/');
  const [head = ''] = segments;
  if (notThePages.has(head)) return undefined;
  const isFile = /\.[a-z0-9]{2,11}$/i.test(segments.at(-1) ?? '');
  if (!isFile) return head === 'patient' || head === 'shared' ? 'patient.html' : 'index.html';
  return segments.every((one) => /^[\w@-][\w.@-]*$/.test(one)) ? segments.join('/') : undefined;
}

const texts = {
  fr: {
    title: 'La page n’est pas construite',
    text: 'Le portail répond, mais sa page n’a pas encore été construite. Lancez npm run build, puis rechargez.',
  },
  en: {
    title: 'The page has not been built',
    text: 'The portal answers, but its page has not been built yet. Run npm run build, then reload.',
  },
} as const;

/** What stands in the page's place until it is built. */
export function unbuiltPage(language: 'fr' | 'en'): string {
  const { title, text } = texts[language];
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>${title} – Ariane</title></head>
<body><main><h1>${title}</h1><p>${text}</p></main></body></html>
`;
}
