import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readPng } from '../../core/fixtures/read-png';
import { readHeader } from './header';
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

  it('a JPEG with a stray byte has its size', () => {
    expect(readHeader(bytesOf('26-jpeg-garbage-before-marker/stray.jpg'), 'JPEG')?.complete).toBe(true);
  });
});
