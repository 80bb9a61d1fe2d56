import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { zlibSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { colourOnly } from './icc';
import { stripMetadata } from './image-metadata';
import { encodePng, pngChunk } from './png';

const latin = (text: string) => Buffer.from(text, 'latin1');
const fixed = (value: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(Math.round(value * 65536));
  return bytes;
};
const xyz = (...values: number[]) => Buffer.concat([latin('XYZ \0\0\0\0'), ...values.map(fixed)]);
const curve = Buffer.concat([latin('para\0\0\0\0\0\0\0\0'), fixed(2.2)]);

/** A profile as makers write it, with texts in tags, header, padding and behind. */
function profile(): Buffer {
  const tags: [string, Buffer][] = [
    ['desc', latin('desc\0\0\0\0\0\0\0\x0eSecret phone\0\0')],
    ['rXYZ', Buffer.concat([xyz(0.515, 0.241, -0.001), latin('Secret!!')])],
    ['gXYZ', xyz(0.292, 0.692, 0.042)],
    ['bXYZ', xyz(0.157, 0.067, 0.784)],
    ['rTRC', curve],
    ['wtpt', xyz(0.964, 1, 0.825)],
    ['priv', latin('text\0\0\0\0Secret private')],
  ];
  const header = Buffer.alloc(128);
  header.write('acsp', 36);
  header.write('Secr', 4);
  header.write('Secr', 80);
  header.write('mntrRGB XYZ ', 12);
  let end = 132 + 12 * tags.length;
  const table = Buffer.alloc(end - 128);
  table.writeUInt32BE(tags.length);
  tags.forEach(([name, content], index) => {
    table.write(name, 4 + 12 * index);
    table.writeUInt32BE(end, 8 + 12 * index);
    table.writeUInt32BE(content.length, 12 + 12 * index);
    end += content.length;
  });
  const whole = Buffer.concat([header, table, ...tags.map(([, content]) => content), latin('Secret behind')]);
  whole.writeUInt32BE(whole.length);
  return whole;
}

/** Content of each tag by name. */
function tagsOf(bytes: Uint8Array): Map<string, Buffer> {
  const whole = Buffer.from(bytes);
  return new Map(
    Array.from({ length: whole.readUInt32BE(128) }, (_, index) => {
      const at = 132 + 12 * index;
      const start = whole.readUInt32BE(at + 4);
      return [
        whole.toString('latin1', at, at + 4),
        whole.subarray(start, start + whole.readUInt32BE(at + 8)),
      ];
    }),
  );
}

describe('a colour profile', () => {
  test('keeps its colours and loses every text', () => {
    const clean = colourOnly(profile());
    if (!clean) throw new Error('no profile');
    expect(Buffer.from(clean).toString('latin1')).not.toContain('Secr');
    const [before, after] = [tagsOf(profile()), tagsOf(clean)];
    expect([...after.keys()]).toEqual(['rXYZ', 'gXYZ', 'bXYZ', 'rTRC', 'wtpt']);
    expect(after.get('rXYZ')?.equals(before.get('rXYZ')?.subarray(0, 20) as Buffer)).toBe(true);
    expect(after.get('rTRC')?.equals(curve)).toBe(true);
    expect(Buffer.from(clean).readUInt32BE(0)).toBe(clean.length);
    // Once clean, it stays as it is.
    expect(colourOnly(clean)).toEqual(clean);
  });

  test('in a PNG loses its name too, and what stands behind', () => {
    const png = encodePng({ width: 1, height: 1, channels: 3, data: Uint8Array.of(1, 2, 3) });
    const named = pngChunk('iCCP', Buffer.concat([latin('Secret name\0\0'), zlibSync(profile())]));
    const padded = pngChunk('gAMA', latin('\0\0\xb1\x8fSecret'));
    const bytes = Buffer.concat([png.subarray(0, 33), named, padded, png.subarray(33), latin('Secret')]);
    const result = stripMetadata(new Uint8Array(bytes));
    if (!result.ok) throw new Error(result.failure.code);
    expect(result.value.found.sort()).toEqual(['gAMA', 'profile text', 'trailing data']);
    expect(Buffer.from(result.value.bytes).toString('latin1')).not.toContain('Secret');
    expect(result.value).toMatchObject({ plain: false, transparent: false });
  });

  test('that is none, or broken anywhere, is refused', () => {
    const whole = profile();
    expect(colourOnly(latin('colours'))).toBeNull();
    for (let length = 0; length < whole.length - 60; length++)
      expect(colourOnly(whole.subarray(0, length))).toBeNull();
  });
});

const cases = join(import.meta.dirname, '../../../../shared/cases');
test.skipIf(!existsSync(cases))(
  'photos of real cameras and programs: what they are, and that they pass',
  () => {
    const read = (path: string) => stripMetadata(new Uint8Array(readFileSync(join(cases, path))));
    expect(read('20-png-transparent/cut-out.png')).toMatchObject({
      value: { plain: false, transparent: true },
    });
    expect(read('22-jpeg-cmyk/cmyk.jpg')).toMatchObject({ value: { plain: false } });
    for (const path of ['31-display-p3-report/p3.jpg', '31-display-p3-report/p3.png'])
      expect(read(path)).toMatchObject({ ok: true, value: { plain: false, transparent: false } });
    expect(read('26-jpeg-garbage-before-marker/stray.jpg')).toMatchObject({
      ok: true,
      value: { found: ['padding'] },
    });
  },
);
