import { describe, expect, test } from 'vitest';
import images from '../../core/fixtures/image-metadata.json';
import { readPng } from '../../core/fixtures/read-png';
import { readDicom } from './dicom';
import { colourPixels, explicitLittle, implicitLittle, jpegBaseline, makeDicom } from './fixtures/make-dicom';

const width = 3;
const height = 2;
const rgb = Uint8Array.from({ length: width * height * 3 }, (_, index) => (index * 47) % 256);
const jpeg = new Uint8Array(Buffer.from(images.jpeg, 'base64'));
const bareJpeg = new Uint8Array(Buffer.from(images.bareJpeg, 'base64'));

type Elements = Parameters<typeof makeDicom>[0]['elements'];
const described = (changes: Elements = {}): Elements => ({
  '00100010': ['PN', 'Secret^Name'],
  '00100020': ['LO', 'SecretNumber'],
  ...colourPixels(width, height, 'RGB'),
  ...changes,
});

async function read(bytes: Uint8Array) {
  const result = await readDicom(bytes);
  if (!result.ok) throw new Error(JSON.stringify(result.failure));
  return { ...result.value, bytes: new Uint8Array(await result.value.image.arrayBuffer()) };
}
const readRgb = async (changes: Elements, pixels: Uint8Array = rgb, syntax = explicitLittle) =>
  readPng((await read(makeDicom({ syntax, elements: described(changes), pixels }))).bytes);
const refusal = async (bytes: Uint8Array) => {
  const result = await readDicom(bytes);
  return result.ok ? null : result.failure;
};

describe('uncompressed pixels come back to the bit', () => {
  test.each([
    ['explicit', explicitLittle],
    ['implicit', implicitLittle],
  ])('RGB, %s VR little endian', async (_, syntax) => {
    expect(await readRgb({}, rgb, syntax)).toMatchObject({ width, height, channels: 3, data: rgb });
  });

  test('planes one after another', async () => {
    const planes = [0, 1, 2].flatMap((channel) => [...rgb.filter((_, index) => index % 3 === channel)]);
    expect((await readRgb({ '00280006': ['US', 1] }, Uint8Array.from(planes))).data).toEqual(rgb);
  });

  test('grey', async () => {
    const grey = rgb.subarray(0, width * height);
    const elements: Elements = { '00280002': ['US', 1], '00280004': ['CS', 'MONOCHROME2'] };
    expect(await readRgb(elements, grey)).toMatchObject({ channels: 1, data: grey });
  });

  test('YBR_FULL: white, black, and the three primaries', async () => {
    // PS3.3 C.7.6.3.1.2 applied by hand to white, black, red, green, blue and mid grey.
    const ybr = [255, 128, 128, 0, 128, 128, 76, 85, 255, 150, 44, 21, 29, 255, 107, 127, 128, 128];
    const { data } = await readRgb({ '00280004': ['CS', 'YBR_FULL'] }, Uint8Array.from(ybr));
    const wanted = [255, 255, 255, 0, 0, 0, 255, 0, 0, 0, 255, 0, 0, 0, 255, 127, 127, 127];
    data.forEach((value, index) => {
      expect(Math.abs(value - (wanted[index] ?? 0)), `sample ${index}`).toBeLessThanOrEqual(2);
    });
  });

  test('of several frames, the first, and it says how many', async () => {
    const elements = described({ '00280008': ['IS', '2'] });
    const bytes = makeDicom({
      syntax: explicitLittle,
      elements,
      pixels: Uint8Array.of(...rgb, ...rgb.toReversed()),
    });
    const photo = await read(bytes);
    expect(readPng(photo.bytes).data).toEqual(rgb);
    expect(photo.metadata.frames).toBe(2);
  });

  test('a colour profile goes along', async () => {
    const profile = Uint8Array.from({ length: 40 }, (_, index) => index);
    const { chunks } = await readRgb({ '00282000': ['OB', profile] });
    expect(chunks.has('iCCP')).toBe(true);
  });
});

describe('baseline JPEG is handed on as it is', () => {
  const encapsulated = (fragments: Uint8Array[], changes: Elements = {}, offsets?: number[]) =>
    makeDicom({
      syntax: jpegBaseline,
      elements: described({ '00280004': ['CS', 'YBR_FULL_422'], ...changes }),
      pixels: { fragments, offsets },
    });

  test('without its metadata and padding', async () => {
    const photo = await read(encapsulated([jpeg]));
    expect(photo.image.type).toBe('image/jpeg');
    expect(Buffer.from(photo.bytes).equals(bareJpeg)).toBe(true);
  });

  test('cut into fragments', async () => {
    const photo = await read(encapsulated([bareJpeg.subarray(0, 200), bareJpeg.subarray(200)]));
    expect(Buffer.from(photo.bytes).equals(bareJpeg)).toBe(true);
  });

  test.each([
    ['with offsets', [0, bareJpeg.length + (bareJpeg.length % 2) + 8]],
    ['without offsets', undefined],
  ])('the first of two frames, %s', async (_, offsets) => {
    const photo = await read(encapsulated([bareJpeg, jpeg], { '00280008': ['IS', '2'] }, offsets));
    expect(Buffer.from(photo.bytes).equals(bareJpeg)).toBe(true);
  });

  test('that is RGB inside is marked so, in place of JFIF, which would make it YCbCr', async () => {
    const photo = await read(encapsulated([bareJpeg], { '00280004': ['CS', 'RGB'] }));
    const marker = '\xff\xee\0\x0eAdobe\0d\0\0\0\0\0';
    expect(Buffer.from(photo.bytes.subarray(2, 18)).toString('latin1')).toBe(marker);
    // Behind the 18 bytes of JFIF nothing has changed.
    expect(Buffer.from(photo.bytes.subarray(18)).equals(Buffer.from(bareJpeg.subarray(20)))).toBe(true);
  });

  test('that has its own word on its colours keeps it; letters in its data are no word', async () => {
    const adobe = (transform: number) =>
      Uint8Array.from([0xff, 0xee, 0, 14, ...Buffer.from('Adobe\0d\0\0\0\0'), transform]);
    const own = Buffer.concat([bareJpeg.subarray(0, 2), adobe(1), bareJpeg.subarray(2)]);
    const kept = await read(encapsulated([own], { '00280004': ['CS', 'RGB'] }));
    expect(Buffer.from(kept.bytes).equals(own)).toBe(true);
    // A comment is left out, and a density of JFIF that reads "Ad" is none of Adobe's.
    const letters = Buffer.concat([
      bareJpeg.subarray(0, 2),
      Buffer.from('\xff\xfe\0\x07Adobe', 'latin1'),
      bareJpeg.subarray(2),
    ]);
    const marked = await read(encapsulated([letters], { '00280004': ['CS', 'RGB'] }));
    expect(Buffer.from(marked.bytes.subarray(2, 4))).toEqual(Buffer.from([0xff, 0xee]));
  });

  test('that is broken is refused', async () => {
    expect(await refusal(encapsulated([bareJpeg.subarray(0, 300)]))).toMatchObject({
      code: 'file-unreadable',
    });
  });
});

describe('facts', () => {
  const metadataOf = async (changes: Elements, syntax = explicitLittle) =>
    (await read(makeDicom({ syntax, elements: described(changes), pixels: rgb }))).metadata;
  const none = { age: null, sex: null, site: null, scale: null, orientation: null, frames: 1 };

  test.each([explicitLittle, implicitLittle])(
    'age, sex, place, scale and orientation (%s)',
    async (syntax) => {
      const elements: Elements = {
        '00101010': ['AS', '045Y'],
        '00100040': ['CS', 'F'],
        '00180015': ['CS', 'UPPER_ARM'],
        '00280030': ['DS', '0.05\\0.05'],
        '00200020': ['CS', 'L\\F'],
      };
      expect(await metadataOf(elements, syntax)).toEqual({
        age: 45,
        sex: 'female',
        site: 'extremities',
        scale: 0.05,
        orientation: 'L\\F',
        frames: 1,
      });
    },
  );

  test('nothing else is kept: no name, no number', async () => {
    const photo = await read(makeDicom({ syntax: explicitLittle, elements: described(), pixels: rgb }));
    expect(photo.metadata).toEqual(none);
    expect(JSON.stringify(photo.metadata) + Buffer.from(photo.bytes).toString('latin1')).not.toContain(
      'Secret',
    );
  });

  test('age by dates where no age is given', async () => {
    const elements: Elements = { '00100030': ['DA', '19800615'], '00080020': ['DA', '20250614'] };
    expect((await metadataOf(elements)).age).toBe(44);
    expect((await metadataOf({ ...elements, '00080022': ['DA', '20250615'] })).age).toBe(45);
  });

  test('place by the region code where no body part is given', async () => {
    const region: Elements = { '00082218': ['SQ', [{ '00080104': ['LO', 'Skin of forearm'] }]] };
    expect((await metadataOf(region)).site).toBe('extremities');
  });

  test('a place, sex or spacing that means nothing to us is unknown', async () => {
    const elements: Elements = {
      '00180015': ['CS', 'HEART'],
      '00100040': ['CS', 'X'],
      '00280030': ['DS', '0.05\\0.10'],
      '00101010': ['AS', '999Y'],
    };
    expect(await metadataOf(elements)).toEqual(none);
  });
});

describe('refuses, saying what', () => {
  test.each<[string, Elements, string]>([
    ['16 bits', { '00280100': ['US', 16], '00280101': ['US', 12] }, 'bits'],
    ['signed samples', { '00280103': ['US', 1] }, 'samples'],
    ['palettes', { '00280004': ['CS', 'PALETTE COLOR'] }, 'photometric interpretation'],
    ['wrong channels', { '00280002': ['US', 1] }, 'samples a pixel'],
  ])('%s', async (_, changes, what) => {
    const bytes = makeDicom({ syntax: explicitLittle, elements: described(changes), pixels: rgb });
    expect(await refusal(bytes)).toMatchObject({ code: 'dicom-unsupported', detail: { what } });
  });

  test('other transfer syntaxes, by their number', async () => {
    const syntax = '1.2.840.10008.1.2.4.90';
    const bytes = makeDicom({ syntax, elements: described(), pixels: { fragments: [bareJpeg] } });
    expect(await refusal(bytes)).toMatchObject({ code: 'dicom-unsupported', detail: { value: syntax } });
  });

  test('a file without a picture', async () => {
    const bytes = makeDicom({ syntax: explicitLittle, elements: described() });
    expect(await refusal(bytes)).toMatchObject({ code: 'dicom-unsupported', detail: { what: 'pixels' } });
  });

  test('what is cut off or no DICOM', async () => {
    const whole = makeDicom({ syntax: explicitLittle, elements: described(), pixels: rgb });
    for (const bytes of [
      whole.subarray(0, whole.length - 4),
      whole.subarray(0, 100),
      jpeg,
      new Uint8Array(0),
    ]) {
      expect(await refusal(bytes)).toMatchObject({ code: 'file-unreadable' });
    }
  });
});
