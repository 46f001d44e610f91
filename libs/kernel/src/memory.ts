/**
 * What was computed is remembered: plans ask the same few thousand days over and over. A memory that has grown beyond all
 * days of a century is one of days that make no sense, and begins anew.
 */
export class Memory<K, V> {
  private readonly known = new Map<K, V>();

  get(key: K, make: (key: K) => V): V {
    const found = this.known.get(key);
    if (found !== undefined) return found;
    if (this.known.size >= 36_525) this.known.clear();
    const fresh = make(key);
    this.known.set(key, fresh);
    return fresh;
  }
}
