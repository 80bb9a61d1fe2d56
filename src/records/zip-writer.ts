import { strToU8, Zip, ZipDeflate, ZipPassThrough } from 'fflate';
import { failure, type Result, success } from '../core/failure';

/** fflate writes zips of up to 4 GiB. */
export const largestZip = 4 * 2 ** 30 - 2 ** 20;

/** A zip file that is written entry by entry, so that not all of them are in memory at once. */
export interface ZipWriter {
  /** As it is: compressing a JPEG or PNG once more gains nothing. */
  add(path: string, content: Uint8Array): void;
  addJson(path: string, value: unknown): void;
  /** The whole file. Fails with "file-too-large" beyond `largestZip`. */
  end(): Result<Blob>;
}

export function createZipWriter(): ZipWriter {
  const parts: Blob[] = [];
  let written = 0;
  let broken: Error | null = null;
  const zip = new Zip((error, chunk) => {
    broken ??= error;
    // As a Blob at once: the browser may keep it on disk.
    parts.push(new Blob([new Uint8Array(chunk)]));
    written += chunk.length;
  });
  const write = (file: ZipDeflate | ZipPassThrough, content: Uint8Array) => {
    zip.add(file);
    file.push(content, true);
  };
  return {
    add: (path, content) => write(new ZipPassThrough(path), content),
    addJson: (path, value) => write(new ZipDeflate(path, { level: 6 }), strToU8(JSON.stringify(value))),
    end() {
      zip.end();
      if (broken) return failure('internal', { reason: String(broken) });
      if (written > largestZip) return failure('file-too-large', { bytes: written });
      return success(new Blob(parts, { type: 'application/zip' }));
    },
  };
}
