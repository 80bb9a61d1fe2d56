import { BitReader, type HuffmanTable, huffmanTable } from './huffman';
import { isFrame, type JpegSegment, jpegMarker } from './jpeg';

/**
 * Where the entropy-coded data of a JPEG really end: the decoder's own steps (ITU-T T.81, annexes F.2 and
 * G.2), without making pixels. A marker is no proof of the end: without one, whatever a phone writes behind
 * the picture looks like more of the scan.
 */

interface Component {
  id: number;
  horizontal: number;
  vertical: number;
}

export interface JpegFrame {
  width: number;
  height: number;
  components: Component[];
  progressive: boolean;
}

/**
 * The frame of a Huffman-coded JPEG with 8 bits a sample, sequential or progressive (SOF0 to SOF2); null for
 * any other, and for a damaged one.
 */
export function huffmanFrame(segments: readonly JpegSegment[]): JpegFrame | null {
  const scan = segments.findIndex(({ marker }) => marker === jpegMarker.startOfScan);
  const frames = segments.slice(0, scan).filter(({ marker }) => isFrame(marker));
  const [frame] = frames;
  if (!frame || frames.length > 1 || frame.marker > 0xc2) return null;
  const { content } = frame;
  const count = content[5] ?? 0;
  if (content[0] !== 8 || count === 0 || count > 4 || content.length < 6 + 3 * count) return null;
  const height = word(content, 1);
  const width = word(content, 3);
  const components = Array.from({ length: count }, (_, index) => {
    const [id = 0, factors = 0] = content.subarray(6 + 3 * index);
    return { id, horizontal: factors >> 4, vertical: factors & 15 };
  });
  const sound = components.every(
    ({ horizontal, vertical }) => horizontal >= 1 && horizontal <= 4 && vertical >= 1 && vertical <= 4,
  );
  return width > 0 && height > 0 && sound
    ? { width, height, components, progressive: frame.marker === 0xc2 }
    : null;
}

/** Reads Huffman tables as they are defined along the file, and follows scans with them. */
export class ScanReader {
  private readonly tables = new Map<number, HuffmanTable>();
  private readonly coefficients = new Map<number, Uint8Array>();
  private restartInterval = 0;

  constructor(private readonly frame: JpegFrame) {}

  /**
   * Takes what a segment defines. Returns how many bytes of its content mean something; null where it is
   * damaged.
   */
  define({ marker, content }: JpegSegment): number | null {
    if (marker === jpegMarker.restartInterval) {
      this.restartInterval = word(content, 0);
      return content.length < 2 ? null : 2;
    }
    let at = 0;
    while (at + 17 <= content.length) {
      const counts = content.subarray(at + 1, at + 17);
      const symbols = counts.reduce((sum, count) => sum + count, 0);
      // Less than a table is padding.
      if (symbols === 0 || symbols > 256 || at + 17 + symbols > content.length) break;
      const table = huffmanTable(counts, content.subarray(at + 17, at + 17 + symbols));
      if (!table) break;
      this.tables.set(content[at] as number, table);
      at += 17 + symbols;
    }
    return at === 0 ? null : at;
  }

  /** The place behind the entropy-coded data of a scan; null where they are damaged or cut off. */
  endOfScan(bytes: Uint8Array, { content, end }: JpegSegment): number | null {
    const count = content[0] ?? 0;
    const parts = Array.from({ length: count }, (_, index) => {
      const [id, selector = 0] = content.subarray(1 + 2 * index);
      const component = this.frame.components.find((component) => component.id === id);
      return component
        ? { component, dc: this.tables.get(selector >> 4), ac: this.tables.get(0x10 | (selector & 15)) }
        : null;
    }).filter((part) => part !== null);
    if (count === 0 || parts.length < count || content.length < 4 + 2 * count) return null;
    const [from = 0, to = 0, bits = 0] = content.subarray(1 + 2 * count);
    if (this.frame.progressive && (from > to || to > 63 || (from > 0 && count > 1))) return null;
    const { steps, blocksOf } = this.stepsOf(parts.map(({ component }) => component));
    const reader = new BitReader(bytes, end);
    const blocks = parts.flatMap(({ component, dc, ac }) => {
      const each = this.frame.progressive
        ? progressiveBlock(
            reader,
            { from, to, refining: bits >> 4 > 0 },
            { dc, ac },
            this.nonZero(component, steps),
          )
        : sequentialBlock(reader, dc, ac);
      return each ? Array.from({ length: blocksOf(component) }, () => each) : [];
    });
    if (blocks.length === 0) return null;
    for (let step = 0; step < steps; step++) {
      const restarts = this.restartInterval > 0 && step > 0 && step % this.restartInterval === 0;
      if (restarts && !reader.restart()) return null;
      for (const pass of blocks) if (!pass(step, restarts)) return null;
    }
    return reader.end();
  }

  /** A scan of one component has one block a step, and none beyond the component's own size. */
  private stepsOf(components: readonly Component[]) {
    const { width, height, components: all } = this.frame;
    const most = (side: 'horizontal' | 'vertical') => Math.max(...all.map((component) => component[side]));
    const [across, down] = [most('horizontal'), most('vertical')];
    const [single] = components.length === 1 ? components : [];
    const unitsOf = (size: number, factor: number, largest: number) =>
      single ? Math.ceil(Math.ceil((size * factor) / largest) / 8) : Math.ceil(size / (8 * largest));
    return {
      steps: unitsOf(width, single?.horizontal ?? 1, across) * unitsOf(height, single?.vertical ?? 1, down),
      blocksOf: ({ horizontal, vertical }: Component) => (single ? 1 : horizontal * vertical),
    };
  }

  /** Which coefficients of a component are not zero so far: 64 a block, in the order of its own scans. */
  private nonZero({ id }: Component, blocks: number): Uint8Array {
    const known = this.coefficients.get(id);
    if (known && known.length >= blocks * 64) return known;
    const fresh = new Uint8Array(blocks * 64);
    this.coefficients.set(id, fresh);
    return fresh;
  }
}

/**
 * Passes one block of a scan; `step` counts those of a scan of one component. False where the data are
 * damaged.
 */
type PassBlock = (step: number, afterRestart: boolean) => boolean;

interface Tables {
  dc: HuffmanTable | undefined;
  ac: HuffmanTable | undefined;
}

/** A DC coefficient, then AC coefficients up to the end of the block. */
function sequentialBlock(reader: BitReader, dc: Tables['dc'], ac: Tables['ac']): PassBlock | null {
  if (!dc || !ac) return null;
  return () => {
    if (!passDc(reader, dc)) return false;
    for (let place = 1; place < 64; place++) {
      const symbol = reader.symbol(ac);
      if (symbol < 0) return false;
      if (symbol === 0xf0) place += 15;
      else if ((symbol & 15) === 0) return true;
      else {
        place += symbol >> 4;
        if (place > 63 || reader.number(symbol & 15) < 0) return false;
      }
    }
    return true;
  };
}

const passDc = (reader: BitReader, dc: HuffmanTable) => {
  const size = reader.symbol(dc);
  return size >= 0 && size <= 15 && reader.number(size) >= 0;
};

/** Some coefficients of a block, their first bits or one bit more (annex G.1.2 and G.2). */
function progressiveBlock(
  reader: BitReader,
  { from, to, refining }: { from: number; to: number; refining: boolean },
  { dc, ac }: Tables,
  nonZero: Uint8Array,
): PassBlock | null {
  if (from === 0) {
    if (refining) return () => reader.number(1) >= 0;
    return dc ? () => passDc(reader, dc) : null;
  }
  if (!ac) return null;
  /** Blocks to come, this one among them, that have nothing new. */
  let ended = 0;
  const run = (length: number) => {
    const more = reader.number(length);
    ended = more < 0 ? -1 : (1 << length) + more;
    return more >= 0;
  };
  const first: PassBlock = (step) => {
    for (let place = from; ended === 0 && place <= to; place++) {
      const symbol = reader.symbol(ac);
      if (symbol < 0) return false;
      if (symbol === 0xf0) place += 15;
      else if ((symbol & 15) === 0) {
        if (!run(symbol >> 4)) return false;
      } else {
        place += symbol >> 4;
        if (place > to || reader.number(symbol & 15) < 0) return false;
        nonZero[step * 64 + place] = 1;
      }
    }
    if (ended > 0) ended--;
    return true;
  };
  const more: PassBlock = (step) => {
    const block = step * 64;
    let place = from;
    for (; ended === 0 && place <= to; place++) {
      const symbol = reader.symbol(ac);
      if (symbol < 0) return false;
      const fresh = (symbol & 15) > 0;
      if (!fresh && symbol !== 0xf0) {
        if (!run(symbol >> 4)) return false;
        break;
      }
      if (fresh && reader.number(1) < 0) return false;
      let zeros = symbol >> 4;
      for (; place <= to; place++) {
        if (nonZero[block + place]) {
          if (reader.number(1) < 0) return false;
        } else if (--zeros < 0) break;
      }
      if (fresh && place > to) return false;
      if (fresh) nonZero[block + place] = 1;
    }
    if (ended === 0) return true;
    for (; place <= to; place++) if (nonZero[block + place] && reader.number(1) < 0) return false;
    ended--;
    return true;
  };
  const pass = refining ? more : first;
  return (step, afterRestart) => {
    if (afterRestart) ended = 0;
    return pass(step, afterRestart);
  };
}

const word = (bytes: Uint8Array, at: number) => ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
