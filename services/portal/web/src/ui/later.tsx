import { type ReactNode, useDeferredValue } from 'react';

import { Loading } from './states';

export interface LaterProps {
  readonly children: ReactNode;
}

/**
 * What takes long to draw, drawn once the browser has shown that a key or a click was heard. With another `key` it
 * begins anew: nothing of what stood there before can then be acted upon.
 */
export function Later({ children }: LaterProps) {
  const isTime = useDeferredValue(true, false);
  return isTime ? children : <Loading />;
}
