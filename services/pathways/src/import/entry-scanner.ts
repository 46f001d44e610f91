/** One resource's bytes, found in a stream; or why there is none at this place. Positions count from 0. */
export type RawEntry =
  | {
      readonly status: 'found';
      readonly position: number;
      /** Of its first byte in the file. */
      readonly offset: number;
      /** True for an element of `Bundle.entry`, false for a resource standing by itself. */
      readonly wrapped: boolean;
      readonly bytes: Buffer;
    }
  | {
      readonly status: 'broken';
      readonly position: number;
      readonly offset: number;
      readonly reason: 'TRUNCATED' | 'TOO_LARGE' | 'NOT_JSON';
    };

/** The largest resource that is taken, in bytes: what is larger is refused and never held. */
const ENTRY_BYTES_MAX = 8_000_000;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const NEWLINE = 0x0a;
const opens = (byte: number): boolean => byte === 0x7b || byte === 0x5b;
const closes = (byte: number): boolean => byte === 0x7d || byte === 0x5d;
/** White space, and the three bytes of a byte order mark. */
const blank = (byte: number): boolean =>
  byte === 0x20 ||
  byte === 0x0d ||
  byte === 0x09 ||
  byte === NEWLINE ||
  byte === 0xef ||
  byte === 0xbb ||
  byte === 0xbf;

/**
 * Cuts a stream of FHIR JSON into its resources: a Bundle's entries one by one, several Bundles or resources one after
 * the other, an array of resources, or NDJSON. It counts brackets outside of strings and parses nothing, so that one
 * resource with a fault in it is refused alone where a parser would stop; it holds one resource at a time.
 */
export class EntryScanner {
  private found: RawEntry[] = [];
  private position = 0;
  private passed = 0;
  private depth = 0;
  private inString = false;
  private escaped = false;
  /** Depth of the array whose elements are resources: 2 in a Bundle, 1 in a bare array, 0 before it is known. */
  private arrayDepth = 0;
  private isBundle = false;
  private capturing: { readonly offset: number; parts: Buffer[]; bytes: number } | undefined;
  private captureFrom = 0;
  private garbage = false;
  /** The last string at depth 1, as far as it matters: names of keys and the value of `resourceType`. */
  private word = '';
  private key = '';
  private topType = '';

  /** @param lines true for NDJSON: a newline ends whatever was open, so that a broken line spoils no other. */
  constructor(private readonly lines: boolean) {}

  push(chunk: Buffer): RawEntry[] {
    this.found = [];
    for (let index = 0; index < chunk.length; index += 1) {
      const byte = chunk.readUInt8(index);
      if (byte === NEWLINE && this.lines) this.endLine(chunk, index);
      else if (this.inString) this.stepInString(byte);
      else this.step(chunk, index, byte);
    }
    this.hold(chunk, this.captureFrom, chunk.length);
    this.captureFrom = 0;
    this.passed += chunk.length;
    return this.found;
  }

  /** What is left when the stream ends: a resource that was begun and never finished, or a Bundle without its end. */
  end(): RawEntry[] {
    this.found = [];
    this.breakOff();
    return this.found;
  }

  /** Bytes seen so far. */
  get bytes(): number {
    return this.passed;
  }

  private stepInString(byte: number): void {
    if (this.escaped) this.escaped = false;
    else if (byte === BACKSLASH) this.escaped = true;
    else if (byte === QUOTE) this.endString();
    else if (this.depth === 1 && this.word.length < 40) this.word += String.fromCharCode(byte);
  }

  private endString(): void {
    this.inString = false;
    if (this.depth === 1 && this.key === 'resourceType') this.topType = this.word;
  }

  private step(chunk: Buffer, index: number, byte: number): void {
    if (byte === QUOTE && this.depth > 0) this.startString(index);
    else if (opens(byte)) this.open(index, byte);
    else if (closes(byte) && this.depth > 0) this.close(chunk, index);
    else if (this.depth === 0) this.besides(index, byte);
    else if (this.depth === 1 && byte === COLON) this.key = this.word;
    else if (this.depth === 1 && byte === COMMA && this.arrayDepth !== 1) this.key = '';
    else if (this.atElement() && byte === COMMA) this.finish(chunk, index);
    else if (this.atElement() && !blank(byte)) this.begin(index);
  }

  private startString(index: number): void {
    if (this.atElement()) this.begin(index);
    this.inString = true;
    this.word = '';
  }

  /** Right under the array of resources, where an element begins or ends. */
  private atElement(): boolean {
    return this.arrayDepth > 0 && this.depth === this.arrayDepth;
  }

  private open(index: number, byte: number): void {
    if (this.depth === 0) {
      this.topType = '';
      this.key = '';
      this.garbage = false;
      if (byte === 0x5b) this.arrayDepth = 1;
      else this.begin(index);
    } else if (this.atElement()) this.begin(index);
    else if (this.depth === 1 && byte === 0x5b && this.key === 'entry' && this.mayBeBundle()) {
      this.capturing = undefined;
      this.isBundle = true;
      this.arrayDepth = 2;
    }
    this.depth += 1;
  }

  private mayBeBundle(): boolean {
    return this.topType === '' || this.topType === 'Bundle';
  }

  private close(chunk: Buffer, index: number): void {
    if (this.atElement()) {
      this.finish(chunk, index);
      this.arrayDepth = 0;
    }
    this.depth -= 1;
    if (this.atElement() || (this.depth === 0 && !this.isBundle)) this.finish(chunk, index + 1);
    if (this.depth === 0) this.isBundle = false;
  }

  /** Something between two top-level values that is neither: told once, then skipped. */
  private besides(index: number, byte: number): void {
    if (blank(byte) || byte === COMMA || this.garbage) return;
    this.garbage = true;
    this.emitBroken(this.passed + index, 'NOT_JSON');
  }

  private begin(index: number): void {
    if (this.capturing !== undefined) return;
    this.capturing = { offset: this.passed + index, parts: [], bytes: 0 };
    this.captureFrom = index;
  }

  private hold(chunk: Buffer, from: number, to: number): void {
    if (this.capturing === undefined) return;
    this.capturing.bytes += to - from;
    if (this.capturing.bytes > ENTRY_BYTES_MAX) this.capturing.parts = [];
    else if (to > from) this.capturing.parts.push(Buffer.from(chunk.subarray(from, to))); // the chunk is its giver's again
  }

  private finish(chunk: Buffer, to: number): void {
    this.hold(chunk, this.captureFrom, to);
    this.captureFrom = 0;
    const whole = this.capturing;
    this.capturing = undefined;
    if (whole === undefined) return;
    if (whole.bytes > ENTRY_BYTES_MAX) {
      this.emitBroken(whole.offset, 'TOO_LARGE');
      return;
    }
    const wrapped = this.isBundle;
    const [first = Buffer.alloc(0), ...rest] = whole.parts;
    const bytes = rest.length === 0 ? first : Buffer.concat(whole.parts);
    this.found.push({ status: 'found', position: this.position, offset: whole.offset, wrapped, bytes });
    this.position += 1;
  }

  private endLine(chunk: Buffer, index: number): void {
    this.hold(chunk, this.captureFrom, index);
    this.captureFrom = 0;
    this.breakOff();
  }

  private breakOff(): void {
    if (this.depth > 0) this.emitBroken(this.capturing?.offset ?? this.passed, 'TRUNCATED');
    this.depth = 0;
    this.arrayDepth = 0;
    this.isBundle = false;
    this.inString = false;
    this.escaped = false;
    this.garbage = false;
    this.capturing = undefined;
  }

  private emitBroken(offset: number, reason: 'TRUNCATED' | 'TOO_LARGE' | 'NOT_JSON'): void {
    this.found.push({ status: 'broken', position: this.position, offset, reason });
    this.position += 1;
  }
}
