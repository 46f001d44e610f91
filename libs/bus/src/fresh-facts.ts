import type { OutboxDocument } from '@ariane/store';

type Fact = Pick<OutboxDocument, '_id' | 'subject' | 'sequence'>;

/** Facts kept in memory: beyond it the outbox is read, as after a start. */
const FACTS_MAX = 5_000;
/** Subjects whose last sent sequence is remembered, the least lately used ones first forgotten. */
const SUBJECTS_MAX = 20_000;

/**
 * The facts that this process has committed and not yet sent, so that most of them need not be read back from the
 * outbox. It gives a fact only when its predecessor is known to have been sent; where that is unknown (another process
 * committed it, or it was long ago) the outbox must be read, which says everything in order.
 */
export class FreshFacts<F extends Fact> {
  private readonly waiting = new Map<string, F>();
  private readonly lastSent = new Map<string, number>();
  private unsure = true;

  /** True when only a read of the outbox tells what comes next. */
  get needRead(): boolean {
    return this.unsure;
  }

  /** Takes over what a commit has put into the outbox, in the order of its commits. */
  add(facts: readonly F[]): void {
    if (this.waiting.size + facts.length > FACTS_MAX) {
      this.forget();
      return;
    }
    for (const fact of facts) this.waiting.set(fact._id, fact);
  }

  /**
   * The next facts in their order, at most so many, none when the outbox must be read first; and beside them those which
   * a read has found, and which were sent, before the commit's own word of them came.
   */
  take(most: number): { readonly next: readonly F[]; readonly sentBefore: readonly F[] } {
    const next: F[] = [];
    const sentBefore: F[] = [];
    const at = new Map<string, number>();
    for (const fact of this.waiting.values()) {
      if (next.length === most) break;
      const before = at.get(fact.subject) ?? this.lastSent.get(fact.subject) ?? 0;
      if (fact.sequence > before + 1) {
        this.unsure = true;
        break;
      }
      this.waiting.delete(fact._id);
      if (fact.sequence <= before) sentBefore.push(fact);
      else {
        at.set(fact.subject, fact.sequence);
        next.push(fact);
      }
    }
    return { next, sentBefore };
  }

  /**
   * Notes what a read of the outbox gave, which is sent before anything taken later.
   *
   * @param complete whether it gave everything that was unpublished
   */
  read(facts: readonly F[], complete: boolean): void {
    for (const { _id } of facts) this.waiting.delete(_id);
    this.unsure = !complete;
  }

  /** Notes what has reached Kafka. */
  sent(facts: readonly F[]): void {
    for (const { subject, sequence } of facts) {
      const last = Math.max(sequence, this.lastSent.get(subject) ?? 0);
      this.lastSent.delete(subject);
      this.lastSent.set(subject, last);
    }
    for (const subject of this.lastSent.keys()) {
      if (this.lastSent.size <= SUBJECTS_MAX) break;
      this.lastSent.delete(subject);
    }
  }

  /** Lets go of everything: the outbox is read again. After a failure, and whenever another process may have sent. */
  forget(): void {
    this.waiting.clear();
    this.lastSent.clear();
    this.unsure = true;
  }
}
