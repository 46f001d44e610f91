/** What stands at a place in a stream; its id names that place for whoever reconnects. */
interface Placed {
  readonly id: string;
}

/** Changes kept for whoever reconnects: some minutes of a busy day. */
const KEPT_MAX = 10_000;

/** The last changes in their order. */
export class ChangeLog<Change extends Placed> {
  private changes: Change[] = [];
  private readonly placeOf = new Map<string, number>();
  /** How many were forgotten, so that places stay valid. */
  private forgotten = 0;

  /** @param floor an id for the place before the first change */
  constructor(
    private floor: string,
    private readonly keptMax: number = KEPT_MAX,
  ) {}

  /** The id after which the next change will stand. */
  get position(): string {
    return this.changes.at(-1)?.id ?? this.floor;
  }

  add(change: Change): void {
    this.placeOf.set(change.id, this.forgotten + this.changes.length);
    this.changes.push(change);
    if (this.changes.length >= 2 * this.keptMax) this.forget(this.changes.length - this.keptMax);
  }

  /** What came after an id, or undefined where that is no longer, or was never, known here. */
  since(id: string): readonly Change[] | undefined {
    if (id === this.floor) return this.changes;
    const place = this.placeOf.get(id);
    return place === undefined ? undefined : this.changes.slice(place - this.forgotten + 1);
  }

  private forget(count: number): void {
    const gone = this.changes.slice(0, count);
    this.changes = this.changes.slice(count);
    this.forgotten += count;
    for (const { id } of gone) this.placeOf.delete(id);
    this.floor = gone.at(-1)?.id ?? this.floor;
  }
}

/** When a bearer token that was already verified ends, in milliseconds since 1970; 0 when it does not say. */
export function expiryOf(authorization: string | undefined): number {
  const [, payload = ''] = (authorization ?? '').split('.');
  const claims: unknown = payload === '' ? undefined : JSON.parse(Buffer.from(payload, 'base64url').toString());
  const isTold = typeof claims === 'object' && claims !== null && 'exp' in claims && typeof claims.exp === 'number';
  return isTold ? Number(claims.exp) * 1_000 : 0;
}
