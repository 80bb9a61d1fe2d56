import { type Bytes, bytesOf } from './bytes';
import type { ReaderName } from './readers';

/** A hostile file, and what has to come of it. */
export interface Hostile {
  reader: ReaderName;
  /** What is hostile about it: files of a kind have the same outcome. */
  kind: string;
  bytes: Bytes;
  outcome: string;
}

export const join = (...parts: (ArrayLike<number> | string)[]): Bytes =>
  Uint8Array.from(
    parts.flatMap((part) => [...(typeof part === 'string' ? bytesOf(part) : Array.from(part))]),
  );
export const range = (count: number) => Array.from({ length: count }, (_, index) => index);
/** Twenty places from the first byte on, `least` bytes before the end at most. */
export const cuts = (bytes: Bytes, least: number): Bytes[] =>
  range(20).map((part) => bytes.slice(0, Math.floor(((bytes.length - least) * part) / 20)));
export const withNumber = (bytes: Bytes, at: number, value: number, little = false): Bytes => {
  const copy = bytes.slice();
  new DataView(copy.buffer).setUint32(at, value, little);
  return copy;
};

export function each(reader: ReaderName, kind: string, outcome: string, files: readonly Bytes[]): Hostile[] {
  return files.map((bytes) => ({ reader, kind, bytes, outcome }));
}

/** Text that is no JSON. */
export const notJson = ['', '{', '[1,', '<html>Sign in</html>', 'null,', '\0', '{"a":}', '{"a":1}}'].map(
  bytesOf,
);
