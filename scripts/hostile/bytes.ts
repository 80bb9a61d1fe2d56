import { strToU8 } from 'fflate';

export type Bytes = Uint8Array<ArrayBuffer>;
export const bytesOf = (text: string): Bytes => new Uint8Array(strToU8(text));

/**
 * A Blob whose bytes are at hand. Node's own asks another thread for every slice, which in tens of thousands of
 * archives is most of the time.
 */
export class QuickBlob extends Blob {
  readonly #bytes: Bytes;

  constructor(bytes: Bytes) {
    super();
    this.#bytes = bytes;
  }

  override get size(): number {
    return this.#bytes.length;
  }

  override slice(start?: number, end?: number): Blob {
    return new QuickBlob(this.#bytes.slice(start, end));
  }

  override async arrayBuffer(): Promise<ArrayBuffer> {
    return this.#bytes.slice().buffer;
  }

  override async bytes(): Promise<Bytes> {
    return this.#bytes.slice();
  }

  override async text(): Promise<string> {
    return new TextDecoder().decode(this.#bytes);
  }

  override stream(): ReadableStream<Bytes> {
    return new Blob([this.#bytes]).stream();
  }
}
