import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readPng } from '../../core/fixtures/read-png';
import { readHeader } from './header';
import { heicColours } from './heic-colours';
import { openPhoto } from './open';
import { sniffType } from './sniff';

const cases = join(import.meta.dirname, '../../../../shared/cases');
const bytesOf = (path: string) => new Uint8Array(readFileSync(join(cases, path)));
const open = (path: string) => openPhoto(new Blob([bytesOf(path)]));

describe.skipIf(!existsSync(cases))('files of real programs', () => {
  it.each(['plain', 'mif1', 'miaf'])(
    'an AVIF is recognised, whatever brand comes first: %s',
    async (name) => {
      const bytes = bytesOf(`27-avif-mif1/${name}.avif`);
      expect(sniffType(bytes)).toBe('AVIF');
      // As it is, for `decodePhoto` to say that AVIF is not supported.
      expect(await open(`27-avif-mif1/${name}.avif`)).toMatchObject({ ok: true, value: { from: 'photo' } });
    },
  );

  it.each(['no-preamble', 'bare-implicit'])(
    'a DICOM file without its head is read as with it: %s',
    async (name) => {
      const picture = async (file: string) => {
        const opened = await open(`40-dicom-no-preamble/${file}.dcm`);
        if (!opened.ok) throw new Error(JSON.stringify(opened.failure));
        expect(opened.value.from).toBe('dicom');
        return readPng(new Uint8Array(await opened.value.image.arrayBuffer()));
      };
      expect((await picture(name)).data).toEqual((await picture('full')).data);
    },
  );

  it('a HEIC that is cut off is refused', async () => {
    expect(await open('60-heic-hang/trunc-heic-0.9999.heic')).toMatchObject({
      ok: false,
      failure: { code: 'file-unreadable' },
    });
  });

  // Means of all pixels, of the PNG of the same photo where there is one: HEVC is lossy.
  it.each([
    ['28-heic-two-pictures/photo.heic', [185, 130.4, 107.5]],
    ['28-heic-two-pictures/ten-bits.heic', [184.1, 131.1, 107.2]],
    ['31-display-p3-report/p3.heic', [199.5, 100.5, 82.5]],
  ])('a HEIC as phones write it has its picture: %s', async (path, means) => {
    const opened = await open(path);
    if (!opened.ok) throw new Error(JSON.stringify(opened.failure));
    expect(opened.value.from).toBe('heic');
    const { data, ...png } = readPng(new Uint8Array(await opened.value.image.arrayBuffer()));
    expect(png).toMatchObject({ width: 320, height: 240, channels: 3 });
    means.forEach((mean, channel) => {
      const values = data.filter((_, at) => at % 3 === channel);
      expect(Math.abs(values.reduce((sum, value) => sum + value, 0) / values.length - mean)).toBeLessThan(1);
    });
  });

  it('a HEIC in Display P3 has the colour profile of the PNG of the same photo', () => {
    const png = Buffer.from(bytesOf('31-display-p3-report/p3.png'));
    const name = png.indexOf('iCCP') + 4;
    const profile = inflateSync(png.subarray(png.indexOf(0, name) + 2));
    expect(heicColours(bytesOf('31-display-p3-report/p3.heic'))).toEqual({ icc: new Uint8Array(profile) });
    expect(heicColours(bytesOf('28-heic-two-pictures/photo.heic'))).not.toEqual({
      icc: new Uint8Array(profile),
    });
  });

  it('a JPEG with a stray byte has its size', () => {
    expect(readHeader(bytesOf('26-jpeg-garbage-before-marker/stray.jpg'), 'JPEG')?.complete).toBe(true);
  });
});
