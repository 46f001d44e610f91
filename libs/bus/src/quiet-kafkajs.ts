import { createRequire } from 'node:module';

/** The part of kafkajs's request queue that is mended here. */
interface RequestQueue {
  throttleCheckTimeoutId: NodeJS.Timeout | null;
  throttledUntil: number;
  pending: unknown[];
  checkPendingRequests(): void;
  scheduleCheckPendingRequests(): void;
}

/**
 * kafkajs 2.2.4 looks at its queue every millisecond even when nothing waits, which costs 2 % of a core per process and
 * makes Node 24 warn of negative timeouts. Looking again only when something waits changes nothing else.
 */
const load = createRequire(__filename);
const { prototype } = load('kafkajs/src/network/requestQueue') as { prototype: RequestQueue }; // not part of its types
prototype.scheduleCheckPendingRequests = function (this: RequestQueue) {
  if (this.throttleCheckTimeoutId) return;
  const wait = this.throttledUntil - Date.now();
  if (wait <= 0 && this.pending.length === 0) return;
  this.throttleCheckTimeoutId = setTimeout(
    () => {
      this.throttleCheckTimeoutId = null;
      this.checkPendingRequests();
    },
    wait > 0 ? wait : 10,
  );
};
