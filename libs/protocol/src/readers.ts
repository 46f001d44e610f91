/** Who reads something, by number, each once; it only ever grows. Asked at every read, and therefore a set of bits. */
export class Readers {
  readonly all: number[] = [];
  private readonly bits: number[] = [];

  add(reader: number): void {
    const word = reader >> 5;
    const bit = 1 << (reader & 31);
    const known = this.bits[word] ?? 0;
    if ((known & bit) !== 0) return;
    while (this.bits.length < word) this.bits.push(0);
    this.bits[word] = known | bit;
    this.all.push(reader);
  }
}
