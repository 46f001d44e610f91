import { createContext, useContext } from 'react';
import type { Language, Words } from './words';

export interface PageState {
  readonly language: Language;
  readonly words: Words;
  readonly setLanguage: (language: Language) => void;
  /** The session is over: back to the link. */
  readonly leave: () => void;
}

export const PageContext = createContext<PageState | undefined>(undefined);

export function usePage(): PageState {
  const state = useContext(PageContext);
  if (state === undefined) throw new Error('Outside of the page.');
  return state;
}
