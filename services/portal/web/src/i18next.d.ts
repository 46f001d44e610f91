import type fr from './locales/fr';

/** French is the source: a key that it does not have is an error of types. */
declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common';
    resources: typeof fr;
  }
}
