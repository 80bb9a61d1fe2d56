import dicomParser from 'dicom-parser';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { identityFromDicom } from './dicom-metadata';
import { type DicomOptions, explicitLittle, implicitLittle, makeDicom } from './fixtures/make-dicom';

type Elements = DicomOptions['elements'];

const identity = (elements: Elements, syntax = explicitLittle) =>
  // With one more element, because a file without any is none.
  identityFromDicom(
    dicomParser.parseDicom(makeDicom({ syntax, elements: { '00280008': ['IS', '1'], ...elements } })),
  );
const patientOf = (id: string | Uint8Array, characterSet?: string) =>
  identity({
    ...(characterSet !== undefined && { '00080005': ['CS', characterSet] as const }),
    '00100020': ['LO', id],
  } as Elements).patient;
const utf8 = (text: string) => new TextEncoder().encode(text);

beforeEach(() => {
  vi.useFakeTimers({ now: new Date(2026, 2, 20, 12) });
});

afterEach(() => {
  vi.useRealTimers();
});

describe('whose photo it is', () => {
  test.each([
    ['explicit', explicitLittle],
    ['implicit', implicitLittle],
  ])('is the Patient ID, without padding (%s VR)', (_, syntax) => {
    expect(identity({ '00100020': ['LO', ' K-17 '] }, syntax).patient).toBe('K-17');
  });

  test.each([
    ['is missing', {}],
    ['is empty', { '00100020': ['LO', ''] }],
    ['is nothing but padding', { '00100020': ['LO', '    '] }],
    ['is nothing but NUL', { '00100020': ['LO', new Uint8Array(4)] }],
  ] as [string, Elements][])('is unknown where the ID %s; the name is never read', (_, elements) => {
    // All three groups of a name, with its five components.
    const name = 'Yamada^Tarou^Middle^Dr^PhD=Ideographic^Name=Phonetic^Name';
    expect(identity({ ...elements, '00100010': ['PN', name] }).patient).toBeNull();
  });

  test('has no part of the name beside an ID', () => {
    const found = identity({ '00100010': ['PN', 'Secret^Name'], '00100020': ['LO', '4711'] });
    expect(JSON.stringify(found)).not.toMatch(/Secret|Name/);
  });

  test('keeps the signs of an ID that looks like a name', () => {
    expect(patientOf('4711^^^Clinic=A')).toBe('4711^^^Clinic=A');
  });

  test('is no longer than 64 characters, none of them cut', () => {
    expect(patientOf(utf8('😀'.repeat(70)), 'ISO_IR 192')).toBe('😀'.repeat(64));
  });

  test.each([
    ['none, so Latin-1', undefined, Uint8Array.of(0x4a, 0xfc, 0x72, 0x67), 'Jürg'],
    ['Latin-1', 'ISO_IR 100', Uint8Array.of(0x4a, 0xfc, 0x72, 0x67), 'Jürg'],
    ['Cyrillic', 'ISO_IR 144', Uint8Array.of(0xbb, 0xee, 0xda), 'Люк'],
    ['UTF-8', 'ISO_IR 192', utf8('환자-17'), '환자-17'],
    ['GB18030', 'GB18030', Uint8Array.of(0xcd, 0xf5, 0x31), '王1'],
    ['half-width katakana', 'ISO_IR 13', Uint8Array.of(0xd4, 0xcf, 0xc0, 0xde), 'ﾔﾏﾀﾞ'],
    [
      'Korean, switched to by an escape sequence (PS3.5, I.2)',
      '\\ISO 2022 IR 149',
      Uint8Array.of(0x1b, 0x24, 0x29, 0x43, 0xb1, 0xe8, 0x2d, 0x31),
      '김-1',
    ],
    [
      'Japanese, switched to and back (PS3.5, H.3)',
      '\\ISO 2022 IR 87',
      Uint8Array.of(0x1b, 0x24, 0x42, 0x3b, 0x33, 0x45, 0x44, 0x1b, 0x28, 0x42, 0x31),
      '山田1',
    ],
    ['one that nobody knows, read as Latin-1', 'KLINGON', Uint8Array.of(0x41, 0xe9), 'Aé'],
  ])('is read in the file’s characters: %s', (_, characterSet, bytes, wanted) => {
    expect(patientOf(bytes, characterSet)).toBe(wanted);
  });

  test('is readable as far as it goes where its bytes are not of the file’s characters', () => {
    expect(patientOf(Uint8Array.of(0x41, 0xff, 0x42, 0x43), 'ISO_IR 192')).toBe('A\ufffdBC');
    expect(patientOf(Uint8Array.of(0x41, 0x42, 0x1b, 0x24), '\\ISO 2022 IR 149')).toBe('AB');
  });
});

/** An Anatomic Region (0008,2218), with a modifier (0008,2220) where a code is given. */
const place = (meaning: string, code?: string) => [
  'SQ',
  [
    {
      '00080104': ['LO', meaning],
      ...(code !== undefined && { '00082220': ['SQ', [{ '00080100': ['SH', code] }]] }),
    },
  ],
];

test.each([
  ['left', { '00200062': ['CS', 'L'] }, 'left'],
  ['right, of the series', { '00200060': ['CS', 'R '] }, 'right'],
  [
    'that of the picture where the series has another',
    { '00200060': ['CS', 'R'], '00200062': ['CS', 'L'] },
    'left',
  ],
  ['none, of what is not one of a pair', { '00200062': ['CS', 'U'] }, null],
  ['none, of both sides', { '00200062': ['CS', 'B'] }, null],
  ['that of the code beside the place', { '00082218': place('Skin of arm', '24028007') }, 'right'],
  ['that of a code of before', { '00082218': place('Skin of arm', 'G-A101') }, 'left'],
  ['that in the words of the place', { '00082218': place('Skin of left forearm') }, 'left'],
  ['that in the words of the body part', { '00180015': ['CS', 'RIGHT_HAND'] }, 'right'],
  [
    'none, of both sides, whatever the place is called',
    { '00200062': ['CS', 'B'], '00180015': ['CS', 'LEFT ARM'] },
    null,
  ],
  ['none, of words without one', { '00180015': ['CS', 'BACK'] }, null],
  ['none, where nothing is said', {}, null],
] as [string, Elements, string | null][])('the side is %s', (_, elements, side) => {
  expect(identity(elements).side).toBe(side);
});

describe('the day of the photo', () => {
  const dayOf = (acquired: string | null, studied: string | null) =>
    identity({
      ...(acquired !== null && { '00080022': ['DA', acquired] }),
      ...(studied !== null && { '00080020': ['DA', studied] }),
    } as Elements).day;

  test.each([
    ['the one on which it was taken', '20260312', '20260101', '2026-03-12'],
    ['else the one of the study', null, '20260101', '2026-01-01'],
    ['the study’s where the other is empty', '', '20260101', '2026-01-01'],
    ['the study’s where the other cannot be', '20261341', '20260101', '2026-01-01'],
    ['unknown without either', null, null, null],
    ['unknown of an old way to write it', null, '2026.01.01', null],
    ['unknown of a 30th of February', null, '20260230', null],
    ['unknown of a day still to come', null, '20260321', null],
    ['unknown of the date that stands for none', null, '00010101', null],
  ])('is %s', (_, acquired, studied, wanted) => {
    expect(dayOf(acquired, studied)).toBe(wanted);
  });
});
