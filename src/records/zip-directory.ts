/**
 * Reads a zip file entry by entry, without taking it into memory: its directory first, whose sizes say what
 * unpacking would cost, then the entries that are wanted. Format: PKWARE APPNOTE 6.3.10, sections 4.3.7,
 * 4.3.12 and 4.3.16; without zip64 and encryption, which our archives do not have.
 */

export interface ZipEntry {
  path: string;
  /** 0: stored as it is; 8: deflated. */
  method: number;
  /** Bytes in the file, and unpacked, by the directory's word. */
  packed: number;
  unpacked: number;
  /** Where its local header begins. */
  offset: number;
}

const endLength = 22;
const longestComment = 0xffff;
const headerLength = 46;
const localLength = 30;

const signature = { end: 0x06054b50, header: 0x02014b50, local: 0x04034b50 };

async function view(file: Blob, from: number, to: number): Promise<DataView> {
  return new DataView(await file.slice(from, to).arrayBuffer());
}

/** What is in the file, the last of a path for each. Throws where it is no zip file. */
export async function readDirectory(file: Blob): Promise<Map<string, ZipEntry>> {
  const tail = await view(file, Math.max(0, file.size - endLength - longestComment), file.size);
  let end = tail.byteLength - endLength;
  while (end >= 0 && tail.getUint32(end, true) !== signature.end) end--;
  if (end < 0) throw new Error('it has no directory');
  const [size, start] = [tail.getUint32(end + 12, true), tail.getUint32(end + 16, true)];
  if (start + size > file.size) throw new Error('its directory is cut off');

  const bytes = await view(file, start, start + size);
  const entries = new Map<string, ZipEntry>();
  const text = new TextDecoder();
  for (let at = 0; at + headerLength <= bytes.byteLength; ) {
    if (bytes.getUint32(at, true) !== signature.header) throw new Error('its directory is damaged');
    const [name, extra, comment] = [28, 30, 32].map((field) => bytes.getUint16(at + field, true)) as [
      number,
      number,
      number,
    ];
    if (at + headerLength + name > bytes.byteLength) throw new Error('its directory is cut off');
    const path = text.decode(new Uint8Array(bytes.buffer, at + headerLength, name));
    entries.set(path, {
      path,
      method: bytes.getUint16(at + 10, true),
      packed: bytes.getUint32(at + 20, true),
      unpacked: bytes.getUint32(at + 24, true),
      offset: bytes.getUint32(at + 42, true),
    });
    at += headerLength + name + extra + comment;
  }
  return entries;
}

/**
 * Safari unpacks what it downloads, and Finder packs it again one folder deeper, with files of its own beside
 * it: then the entries of the folder that holds the file `marker`, by their paths in it. All others as they are.
 */
export function withoutFolder(entries: ReadonlyMap<string, ZipEntry>, marker: string): Map<string, ZipEntry> {
  const ours = [...entries].filter(([path]) => !/(^|\/)(__MACOSX\/|\._|\.DS_Store$)/.test(path));
  const isMarker = ([path]: [string, ZipEntry]) =>
    path === marker || path.slice(path.indexOf('/') + 1) === marker;
  const markers = ours.filter(isMarker);
  const folder = markers.length === 1 ? (markers[0]?.[0] ?? '').slice(0, -marker.length) : '';
  return new Map(
    ours
      .filter(([path]) => path.startsWith(folder) && path !== folder)
      .map(([path, entry]) => [path.slice(folder.length), entry]),
  );
}

/**
 * An entry's bytes as a part of the file, still packed. Throws where the file has no such entry there.
 */
async function packedBytes(file: Blob, { offset, packed }: ZipEntry): Promise<Blob> {
  const local = await view(file, offset, offset + localLength);
  if (local.byteLength < localLength || local.getUint32(0, true) !== signature.local)
    throw new Error('an entry is damaged');
  const start = offset + localLength + local.getUint16(26, true) + local.getUint16(28, true);
  if (start + packed > file.size) throw new Error('an entry is cut off');
  return file.slice(start, start + packed);
}

/**
 * An entry as it was packed; of one that is stored as it is, a part of the file, which costs no memory. Throws
 * where it is damaged, or holds more than the directory says: then it is given up at that byte.
 */
export async function unpack(file: Blob, entry: ZipEntry): Promise<Blob> {
  const packed = await packedBytes(file, entry);
  if (entry.method === 0) return packed;
  if (entry.method !== 8) throw new Error('an entry is packed in an unknown way');
  const stream = packed.stream().pipeThrough(new DecompressionStream('deflate-raw'));
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  const reader = stream.getReader();
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    length += read.value.byteLength;
    if (length > entry.unpacked) {
      await reader.cancel().catch(() => {});
      throw new Error('an entry holds more than it says');
    }
    parts.push(new Uint8Array(read.value));
  }
  if (length < entry.unpacked) throw new Error('an entry holds less than it says');
  return new Blob(parts);
}
