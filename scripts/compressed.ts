import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

/** Text, code and WebAssembly. Photos and weights would not get smaller. */
const compressible = /^(text\/|image\/svg|application\/(json|manifest|wasm))/;
/** Bytes: under that a compressed file saves no packet. */
const minBytes = 1400;

/** Compresses the files of a server, each once as long as it does not change. */
export class CompressedFiles {
  private readonly files = new Map<string, { mtimeMs: number; body: Promise<Buffer> }>();

  /** The file, compressed by gzip; null where the client takes none or it is not worth it. */
  async find(
    file: string,
    { mtimeMs, size }: { mtimeMs: number; size: number },
    contentType: string,
    acceptEncoding = '',
  ): Promise<Buffer | null> {
    if (size < minBytes || !compressible.test(contentType) || !/\bgzip\b/.test(acceptEncoding)) return null;
    const known = this.files.get(file);
    if (known?.mtimeMs === mtimeMs) return known.body;
    const body = readFile(file).then((bytes) => promisify(gzip)(bytes));
    this.files.set(file, { mtimeMs, body });
    return body;
  }
}
