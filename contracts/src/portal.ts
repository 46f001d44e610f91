import { operationsEvents } from './operations';

/** Facts of the portal: it hears all and says of itself only what becomes of a key that it had to set aside. */
export const portalEvents = operationsEvents('portal');
