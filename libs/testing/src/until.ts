const PATIENCE_MS = 20_000;
const LOOK_MS = 25;

/** Looks until there is something to see, which it gives. Throws an Error that says what did not happen. */
export async function until<T>(look: () => Promise<T | undefined | false>, what: string): Promise<T> {
  for (const deadline = Date.now() + PATIENCE_MS; Date.now() < deadline;) {
    const seen = await look();
    if (seen !== undefined && seen !== false) return seen;
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
  throw new Error(`Did not happen in ${PATIENCE_MS / 1000} s: ${what}`);
}
