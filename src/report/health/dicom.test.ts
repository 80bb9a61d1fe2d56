import { unzipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { stripMetadata } from '../../core/image/image-metadata';
import { readDicom } from '../../engine/input/dicom';
import { dicomStudy } from './dicom';
import { dicomArchive, dicomFile } from './dicom-file';
import { decimalString, personName, uidOf, uidOfHash } from './dicom-parts';
import { baselineFrame, type DicomPhoto } from './dicom-photo';
import { packed } from './dicom-segmentation';
import { exampleSource, photoJpeg } from './fixtures/source';

// What another library reads in these files: training/tests/test_health_records.py.

const jpeg: DicomPhoto = { kind: 'jpeg', bytes: photoJpeg(600, 450) };

describe('a study', () => {
  test('is the same to the byte for the same answer, in one archive', () => {
    const made = () => dicomArchive(dicomStudy(exampleSource(), jpeg), new Date(2026, 1, 2));
    const archive = made();
    expect(Object.keys(unzipSync(archive))).toEqual(['photo.dcm', 'segmentation.dcm', 'report.dcm']);
    expect(Buffer.compare(archive, made())).toBe(0);
  });

  test('has no photo and no outline if there are none', () => {
    const analysis = { ...exampleSource().analysis, lesion: null };
    expect(dicomStudy(exampleSource({ analysis }), null).map(({ name }) => name)).toEqual(['report']);
  });

  test('can be dropped into Lentigo again: photo, age, sex, site, side and scale come back', async () => {
    const [photo] = dicomStudy(exampleSource(), jpeg);
    if (!photo) throw new Error('no photo');
    const read = await readDicom(dicomFile(photo));
    if (!read.ok) throw new Error(JSON.stringify(read.failure));
    const { metadata, identity, image } = read.value;
    expect(metadata).toMatchObject({ age: 45, sex: 'female', site: 'upper-body', scale: 0.02 });
    expect(identity.side).toBe('left');
    const stripped = stripMetadata(jpeg.bytes);
    if (!stripped.ok) throw new Error('not stripped');
    expect(Buffer.compare(Buffer.from(await image.arrayBuffer()), stripped.value.bytes)).toBe(0);
  });
});

test('an unusual photo is said in the report', () => {
  const { analysis, words } = exampleSource();
  const outOfDistribution = { score: 13, threshold: 12, inDistribution: false, refused: false };
  const texts = (source = exampleSource()) => JSON.stringify(dicomStudy(source, null).at(-1)?.dataset);
  expect(texts(exampleSource({ analysis: { ...analysis, outOfDistribution } }))).toContain(
    words.answer.unusual,
  );
  expect(texts()).not.toContain(words.answer.unusual);
});

test.each([
  ['a name', '환자 12', '환자 12'],
  ['an empty name', '', ''],
  ['no name', null, ''],
  ['a name of nothing but signs', '^^=', ''],
])('a patient of %s has that as PatientName, where names are asked for', (_what, alias, written) => {
  const { case: noted } = exampleSource();
  const source = exampleSource({ named: true, case: noted && { ...noted, alias, lesion: null } });
  const instances = dicomStudy(source, jpeg);
  expect(instances.map(({ dataset }) => dataset.PatientName)).toEqual([written, written, written]);
  expect(JSON.stringify(instances.map(({ dataset }) => ({ ...dataset, PixelData: null })))).not.toMatch(
    /unnamed/i,
  );
});

test('a UUID is a UID of its number, and a hash always the same one', () => {
  expect(uidOf('f81d4fae-7dec-11d0-a765-00a0c91e6bf6')).toBe('2.25.329800735698586629295641978511506172918');
  const hash = '0123456789abcdef'.repeat(4);
  // Version 8, variant 10.
  expect(uidOfHash(hash)).toBe(uidOf('01234567-89ab-8def-8123-456789abcdef'));
  expect(uidOfHash(`${hash.slice(0, -1)}0`)).toBe(uidOfHash(hash));
});

test.each([
  [0.3, '0.3'],
  [1 / 3, '0.33333333333333'],
  [-1 / 3, '-0.3333333333333'],
  [1.23456789e-20, '1.23456789e-20'],
  [120_000, '120000'],
])('%d is a decimal string of at most 16 characters', (value, text) => {
  expect(decimalString(value)).toBe(text);
});

test('a name keeps no sign that DICOM would part it at', () => {
  expect(personName('A^B=C\\D 환자')).toBe('A B C D 환자');
});

test('a mask is packed eight pixels a byte, the first in the lowest bit', () => {
  const mask = { width: 3, height: 2, data: new Uint8Array([1, 0, 0, 0, 1, 1]) };
  expect([...packed(mask, mask)]).toEqual([0b110001]);
  // Twice the size: each pixel four times, 24 bits.
  expect([...packed(mask, { width: 6, height: 4 })]).toEqual([0b11000011, 0b11000000, 0b11110011]);
});

test('only a baseline JPEG goes as it is', () => {
  const bytes = photoJpeg(16, 16);
  expect(baselineFrame(bytes)).toMatchObject({ components: 3 });
  const progressive = bytes.slice();
  const frame = progressive.findIndex((byte, at) => byte === 0xff && progressive[at + 1] === 0xc0);
  progressive[frame + 1] = 0xc2;
  expect(baselineFrame(progressive)).toBeNull();
  expect(baselineFrame(new Uint8Array([1, 2, 3]))).toBeNull();
});
