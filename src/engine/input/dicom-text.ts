import type { DataSet } from 'dicom-parser';

/** An element's text without padding; undefined where it is absent or empty. For text of plain letters. */
export function text(data: DataSet, tag: string): string | undefined {
  return data.string(tag)?.trim() || undefined;
}

/**
 * The encodings of the Web (encoding.spec.whatwg.org) for the terms of Specific Character Set (PS3.3, C.12.1.1.2).
 * Terms with "2022" switch between sets by escape sequences.
 */
const encodings: Readonly<Record<string, string>> = {
  'ISO_IR 100': 'latin1',
  'ISO_IR 101': 'iso-8859-2',
  'ISO_IR 109': 'iso-8859-3',
  'ISO_IR 110': 'iso-8859-4',
  'ISO_IR 144': 'iso-8859-5',
  'ISO_IR 127': 'iso-8859-6',
  'ISO_IR 126': 'iso-8859-7',
  'ISO_IR 138': 'iso-8859-8',
  'ISO_IR 148': 'iso-8859-9',
  'ISO_IR 203': 'iso-8859-15',
  'ISO_IR 166': 'tis-620',
  'ISO_IR 13': 'shift_jis',
  'ISO_IR 192': 'utf-8',
  'ISO 2022 IR 87': 'iso-2022-jp',
  'ISO 2022 IR 149': 'euc-kr',
  'ISO 2022 IR 58': 'gb18030',
  GB18030: 'gb18030',
  GBK: 'gb18030',
};

/**
 * An element's text in the file's own characters (VR LO, SH, PN and the like), without padding; undefined where
 * it is absent or empty. What cannot be read in the file's character set stands as U+FFFD; a set that nobody
 * knows is read as Latin-1.
 */
export function localText(data: DataSet, tag: string): string | undefined {
  const element = data.elements[tag];
  if (!element) return undefined;
  const { dataOffset, length } = element;
  const bytes = data.byteArray.subarray(dataOffset, dataOffset + length);
  const encoding = encodingOf(data);
  // Only Japanese is switched within the encoding itself.
  const plain = encoding === 'iso-2022-jp' ? bytes : withoutEscapes(bytes);
  const decoded = new TextDecoder(encoding).decode(plain);
  // NUL is the padding of files that take one VR for another.
  return decoded.split('\0')[0]?.trim() || undefined;
}

/** Of several sets the first that is more than ASCII: it contains ASCII too. */
function encodingOf(data: DataSet): string {
  const terms = (text(data, 'x00080005') ?? '').split('\\').map((term) => term.trim());
  for (const term of terms) {
    const encoding = encodings[term] ?? encodings[term.replace('ISO 2022 IR', 'ISO_IR')];
    if (encoding) return encoding;
  }
  return 'latin1';
}

const escapeByte = 0x1b;

/** Without the sequences that name a set: ESC, intermediate bytes (20 to 2F), a final byte (ISO 2022). */
function withoutEscapes(bytes: Uint8Array): Uint8Array {
  if (!bytes.includes(escapeByte)) return bytes;
  const kept: number[] = [];
  for (let at = 0; at < bytes.length; at++) {
    if (bytes[at] !== escapeByte) {
      kept.push(bytes[at] as number);
      continue;
    }
    do at++;
    while (at < bytes.length && ((bytes[at] as number) & 0xf0) === 0x20);
  }
  return Uint8Array.from(kept);
}
