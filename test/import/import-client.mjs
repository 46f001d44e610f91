// Sends files to the import of a running stack over HTTP, as a person would, and measures what that takes.
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';

const LOOK_MS = 100;
const READ_ATTEMPTS = 5;

/**
 * @param {{ urls: Record<string, string>, pids: Record<string, number> }} stack of what `npm start` writes
 */
export function importClient({ urls, pids }) {
  /** A server may close a connection that was about to be used again: what only reads is asked once more. */
  async function reached(url, init) {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await fetch(url, init);
      } catch (error) {
        if (init.method === 'POST' || attempt === READ_ATTEMPTS) throw error;
        await sleep(1000);
      }
    }
  }

  async function call(service, path, init = {}) {
    const response = await reached(`${urls[service]}${path}`, init);
    const text = await response.text();
    if (!response.ok) throw new Error(`${init.method ?? 'GET'} ${service}${path}: ${response.status} ${text}`);
    return JSON.parse(text);
  }

  async function token() {
    const body = JSON.stringify({ role: 'coordinator' });
    const answer = await call('issuer', '/demo-token', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    return `Bearer ${answer.token}`;
  }

  /** Resident memory of the pathways process in MB, or undefined where the system does not tell. */
  function memory() {
    try {
      const [, kB] = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pids.pathways}/status`, 'utf8')) ?? [];
      return kB === undefined ? undefined : Number(kB) / 1024;
    } catch {
      return undefined;
    }
  }

  /** Sends a stream as one file and follows its job to the end. */
  async function imported(body, mediaType) {
    const began = performance.now();
    let peak = memory() ?? 0;
    const watch = setInterval(() => (peak = Math.max(peak, memory() ?? 0)), LOOK_MS);
    try {
      const authorization = await token();
      let job = await call('pathways', '/patients/import', {
        method: 'POST',
        headers: { authorization, 'content-type': mediaType, 'idempotency-key': randomUUID() },
        body: Readable.toWeb(Readable.from(body)),
        duplex: 'half',
      });
      const received = performance.now();
      while (job.status === 'received' || job.status === 'running') {
        await sleep(LOOK_MS);
        job = await call('pathways', `/patients/import/${job.jobId}`, { headers: { authorization } });
      }
      if (job.status !== 'done') throw new Error(`the import failed: ${job.reason}`);
      const seconds = (performance.now() - began) / 1000;
      return { report: job.report, seconds, sendSeconds: (received - began) / 1000, peak };
    } finally {
      clearInterval(watch);
    }
  }

  return { imported, memory };
}
