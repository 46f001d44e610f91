import { createHash } from 'node:crypto';

import { DomainError } from '@ariane/kernel';
import type { NextFunction, Request, Response } from 'express';

const minuteMs = 60_000;

/** Express middleware: at most so many calls a minute per token, else per address; TOO_MANY_REQUESTS beyond. */
export function rateLimit(perMinute: number): (request: Request, response: Response, next: NextFunction) => void {
  let minute = 0;
  let counts = new Map<string, number>();
  return (request, _response, next) => {
    const current = Math.floor(Date.now() / minuteMs);
    if (current !== minute) {
      minute = current;
      counts = new Map();
    }
    const caller = callerOf(request);
    const count = (counts.get(caller) ?? 0) + 1;
    counts.set(caller, count);
    next(count > perMinute ? new DomainError('TOO_MANY_REQUESTS') : undefined);
  };
}

/** A digest, so that tokens are not kept. */
function callerOf(request: Request): string {
  const { authorization } = request.headers;
  return authorization === undefined
    ? (request.socket.remoteAddress ?? '')
    : createHash('sha256').update(authorization).digest('base64');
}
