/** Sixteen bits of code to length and symbol: `length << 8 | symbol`; 0 where no code begins so. */
export type HuffmanTable = Uint16Array;

/**
 * Bits of a JPEG's entropy-coded data (ITU-T T.81, annex F.2.2), with the zero behind each 0xff left out. A
 * negative answer: damaged or cut off.
 */
export class BitReader {
  private bits = 0;
  private count = 0;

  constructor(
    private readonly bytes: Uint8Array,
    private at: number,
  ) {}

  /** Passes a restart marker. */
  restart(): boolean {
    this.giveBack();
    this.count = 0;
    while (this.bytes[this.at] === 0xff && this.bytes[this.at + 1] === 0xff) this.at++;
    const marker = this.bytes[this.at + 1] ?? 0;
    if (this.bytes[this.at] !== 0xff || marker < 0xd0 || marker > 0xd7) return false;
    this.at += 2;
    return true;
  }

  /** The place behind the last byte of which a bit was read. */
  end(): number {
    this.giveBack();
    return this.at;
  }

  /** The next symbol, 0 to 255. */
  symbol(table: HuffmanTable): number {
    while (this.count < 16 && this.more());
    // Ones behind the last byte, as decoders read them: a code may end there.
    const missing = 16 - this.count;
    const peek = missing <= 0 ? this.bits >> -missing : (this.bits << missing) | ((1 << missing) - 1);
    const entry = table[peek & 0xffff] as number;
    const length = entry >> 8;
    if (length === 0 || length > this.count) return -1;
    this.count -= length;
    return entry & 0xff;
  }

  /** A number of `length` bits, at most 16. */
  number(length: number): number {
    while (this.count < length && this.more());
    if (this.count < length) return -1;
    this.count -= length;
    return (this.bits >> this.count) & ((1 << length) - 1);
  }

  private more(): boolean {
    const byte = this.bytes[this.at];
    if (byte === undefined || (byte === 0xff && this.bytes[this.at + 1] !== 0)) return false;
    this.bits = ((this.bits << 8) | byte) & 0xffffff;
    this.count += 8;
    this.at += byte === 0xff ? 2 : 1;
    return true;
  }

  /** Whole bytes that were looked at and not used are not part of the data yet. */
  private giveBack(): void {
    while (this.count >= 8) {
      this.count -= 8;
      this.at -= this.bytes[this.at - 1] === 0 && this.bytes[this.at - 2] === 0xff ? 2 : 1;
      this.bits >>= 8;
    }
  }
}

/**
 * The table of codes by how many there are of each length (T.81, annex C); null where they do not fit into 16
 * bits.
 */
export function huffmanTable(counts: Uint8Array, symbols: Uint8Array): HuffmanTable | null {
  const table = new Uint16Array(1 << 16);
  let [code, index] = [0, 0];
  for (let length = 1; length <= 16; length++) {
    for (let left = counts[length - 1] as number; left > 0; left--) {
      const from = code << (16 - length);
      const to = (code + 1) << (16 - length);
      if (to > 1 << 16) return null;
      table.fill((length << 8) | (symbols[index++] as number), from, to);
      code++;
    }
    code <<= 1;
  }
  return table;
}
