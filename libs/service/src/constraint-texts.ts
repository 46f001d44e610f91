/** One sentence in both languages. */
export interface Texts {
  readonly fr: string;
  readonly en: string;
}

type Writer = (first: string, second: string) => Texts;

const same = (fr: string, en: string): Writer => {
  return () => ({ fr, en });
};

/** What each constraint allows. The arguments are the limits it was declared with, never the value received. */
const writers: Readonly<Record<string, Writer>> = {
  arrayMaxSize: (max) => ({ fr: `au plus ${max} éléments.`, en: `at most ${max} items.` }),
  arrayMinSize: (min) => ({ fr: `au moins ${min} éléments.`, en: `at least ${min} items.` }),
  arrayNotEmpty: same('au moins un élément.', 'at least one item.'),
  arrayUnique: same('sans doublon.', 'without duplicates.'),
  forbiddenKey: same(
    'un nom de champ ne commence pas par « $ », ne contient pas de point et n’est pas « __proto__ ».',
    'a field name does not begin with "$", holds no dot and is not "__proto__".',
  ),
  isArray: same('une liste est attendue.', 'a list is expected.'),
  isBoolean: same('vrai ou faux (true, false).', 'true or false.'),
  isCivilDate: same('une date AAAA-MM-JJ qui existe.', 'a date YYYY-MM-DD that exists.'),
  isCode: same(
    'un code : lettres, chiffres et signes . _ : - (64 au plus).',
    'a code: letters, digits and . _ : - signs (at most 64).',
  ),
  isDefined: same('champ obligatoire.', 'required.'),
  isEnum: (_, allowed) => ({ fr: `l’une des valeurs : ${allowed}.`, en: `one of: ${allowed}.` }),
  isIn: (allowed) => ({ fr: `l’une des valeurs : ${allowed}.`, en: `one of: ${allowed}.` }),
  isInstant: same('un instant UTC : AAAA-MM-JJTHH:MM:SSZ.', 'a UTC instant: YYYY-MM-DDTHH:MM:SSZ.'),
  isInt: same('un nombre entier.', 'a whole number.'),
  isNotEmpty: same('champ obligatoire.', 'required.'),
  isNumber: same('un nombre.', 'a number.'),
  isObject: same('un objet est attendu.', 'an object is expected.'),
  isPositive: same('un nombre supérieur à zéro.', 'a number above zero.'),
  isString: same('un texte.', 'a text.'),
  isUrl: same('une adresse web.', 'a web address.'),
  isUuid: same('un UUID.', 'a UUID.'),
  length: (min, max) => ({ fr: `de ${min} à ${max} caractères.`, en: `${min} to ${max} characters.` }),
  matches: (pattern) => ({ fr: `un texte de la forme ${pattern}.`, en: `a text of the form ${pattern}.` }),
  max: (max) => ({ fr: `au plus ${max}.`, en: `at most ${max}.` }),
  maxLength: (max) => ({ fr: `au plus ${max} caractères.`, en: `at most ${max} characters.` }),
  min: (min) => ({ fr: `au moins ${min}.`, en: `at least ${min}.` }),
  minLength: (min) => ({ fr: `au moins ${min} caractères.`, en: `at least ${min} characters.` }),
  nestedValidation: same(
    'un objet (ou une liste d’objets) est attendu.',
    'an object (or a list of objects) is expected.',
  ),
  tooDeep: same('trop de niveaux imbriqués (32 au plus).', 'nested too deeply (at most 32 levels).'),
  whitelistValidation: same('champ inconnu.', 'unknown field.'),
};

/** The sentence of a constraint with its limits filled in; a constraint without one says only that it is broken. */
export function constraintText(name: string, limits: readonly unknown[] = []): Texts {
  const writer = writers[name] ?? same('valeur non admise.', 'value not allowed.');
  return writer(told(limits[0]), told(limits[1]));
}

function told(limit: unknown): string {
  if (Array.isArray(limit)) return limit.map(told).join(', ');
  if (limit instanceof RegExp) return limit.source;
  if (typeof limit === 'string') return limit;
  return typeof limit === 'number' || typeof limit === 'bigint' || typeof limit === 'boolean' ? String(limit) : '…';
}
