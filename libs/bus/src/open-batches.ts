/**
 * Which facts of the batches that are being sent have not reached Kafka yet, so that a batch's document is removed with
 * its last fact and what was sent of a batch is not read again.
 */
export class OpenBatches {
  private readonly left = new Map<string, Set<string>>();
  private readonly batchesOf = new Map<string, string[]>();

  /** @param facts the ids of all the batch's facts; a batch that is known already keeps what is left of it */
  open(batch: string, facts: readonly string[]): void {
    if (this.left.has(batch)) return;
    this.left.set(batch, new Set(facts));
    for (const fact of facts) {
      const batches = this.batchesOf.get(fact);
      if (batches === undefined) this.batchesOf.set(fact, [batch]);
      else batches.push(batch); // published again before it was sent
    }
  }

  /** The facts of a batch that are left to send; undefined when the batch is not known. */
  leftOf(batch: string): ReadonlySet<string> | undefined {
    return this.left.get(batch);
  }

  /** Notes facts that Kafka has; the batches of which nothing is left. */
  sent(facts: readonly string[]): string[] {
    const ended: string[] = [];
    for (const fact of facts) {
      for (const batch of this.batchesOf.get(fact) ?? []) {
        const left = this.left.get(batch);
        left?.delete(fact);
        if (left?.size !== 0) continue;
        this.left.delete(batch);
        ended.push(batch);
      }
      this.batchesOf.delete(fact);
    }
    return ended;
  }

  forget(): void {
    this.left.clear();
    this.batchesOf.clear();
  }
}
