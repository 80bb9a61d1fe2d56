/** One shard: how long the card says that it is, and its verified bytes, which may still be on their way. */
export interface Shard {
  bytes: number;
  data: Promise<ArrayBuffer>;
}

/** The weights of a package as one run of bytes, which arrives shard by shard. */
export class Shards {
  /** The end of the whole. */
  readonly length: number;
  /** How far the bytes are there without a gap. */
  private arrived = 0;
  private readonly parts: { start: number; data: Uint8Array<ArrayBuffer> }[] = [];
  private readonly arrivals: { end: number; there: Promise<void> }[] = [];

  constructor(shards: readonly Shard[]) {
    let end = 0;
    let before = Promise.resolve();
    for (const { bytes, data } of shards) {
      const start = end;
      end += bytes;
      before = Promise.all([data, before]).then(([part]) => {
        this.parts.push({ start, data: new Uint8Array(part) });
        this.arrived = start + part.byteLength;
      });
      // Whoever waits for a shard hears of its failure; nobody has to wait for all of them.
      before.catch(() => {});
      this.arrivals.push({ end, there: before });
    }
    this.length = end;
  }

  /** Waits for the first `end` bytes. Throws what the download threw. */
  async until(end: number): Promise<void> {
    const last = this.arrivals.find((arrival) => arrival.end >= end);
    await last?.there;
  }

  /**
   * `length` bytes from `start` on: a view where they lie in one shard. Throws where they have not arrived.
   */
  read(start: number, length: number): Uint8Array<ArrayBuffer> {
    const end = start + length;
    if (end > this.arrived) throw new Error(`bytes ${start} to ${end} of the weights have not arrived`);
    const whole = this.parts.find((part) => part.start <= start && end <= part.start + part.data.length);
    if (whole) return whole.data.subarray(start - whole.start, end - whole.start);
    const joined = new Uint8Array(length);
    for (const { start: at, data } of this.parts) {
      const from = Math.max(start, at);
      const piece = data.subarray(from - at, Math.max(from, end) - at);
      if (piece.length > 0) joined.set(piece, from - start);
    }
    return joined;
  }
}
