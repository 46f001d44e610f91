import { civilDay } from '@ariane/kernel';

/** The civil day of an instant where the pathway takes place. */
export const dayOf = ({ timeZone }: { readonly timeZone: string }, instant: string): string =>
  civilDay(instant, timeZone);

/** Instants are written with milliseconds where they are compared as texts. */
export const sortable = (instant: string): string => new Date(instant).toISOString();
