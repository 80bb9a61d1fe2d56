import { expect, test } from 'vitest';
import { factsFromPath } from './path-facts';

const today = '2026-11-29';
const read = (path: string) => factsFromPath(path, today);

test('a folder a patient, a folder a day, and places in the names', () => {
  expect(read('K-17/2026-03-12/left forearm, lesion 2.jpg')).toEqual({
    patient: 'K-17',
    day: '2026-03-12',
    site: 'forearm',
    side: 'left',
    lesion: '2',
  });
});

test.each([
  ['K-17 back.jpg', 'K-17'],
  ['PAT0012_back_1.jpg', 'PAT0012'],
  ['Kim J./IMG_2041.jpg', 'Kim J.'],
  ['Kim J. 2026-03-12/IMG_2041.jpg', 'Kim J.'],
  ['DCIM/100CANON/IMG_2041.jpg', null],
  ['left arm/IMG_2041.jpg', null],
  ['ISIC_0024306.jpg', null],
  ['arm1.jpg', null],
  ['사진/IMG_1.jpg', null],
])('%s: the patient is %s', (path, patient) => {
  expect(read(path).patient).toBe(patient);
});

test.each([
  ['IMG_20260312_101530.jpg', '2026-03-12'],
  ['12.3.2026/a.jpg', '2026-03-12'],
  ['2026_03_12 back.jpg', '2026-03-12'],
  ['20260231.jpg', null],
  ['20271231.jpg', null],
  ['ISIC_0024306.jpg', null],
  ['202603121.jpg', null],
])('%s: the day is %s', (path, day) => {
  expect(read(path).day).toBe(day);
});

test.each([
  ['upper_leg-R.jpg', 'thigh', null],
  ['right lower leg.jpg', 'lower-leg', 'right'],
  ['왼쪽 아래팔 1.jpg', 'forearm', 'left'],
  ['background.jpg', null, null],
  ['arms race.jpg', null, null],
  ['left/arm2.jpg', 'arm', 'left'],
])('%s: the place is %s, %s', (path, site, side) => {
  expect(read(path)).toMatchObject({ site, side });
});

test.each([
  ['Shin Y./IMG_1.jpg', 'Shin Y.'],
  ['Chin J/IMG_1.jpg', 'Chin J'],
  ['Back S.H./IMG_1.jpg', 'Back S.H.'],
  ['Palm/IMG_1.jpg', 'Palm'],
  ['Palm 2026-03-12/IMG_1.jpg', 'Palm'],
  ['back up/IMG_1.jpg', null],
  ['Kim J./hand-held/IMG_1.jpg', 'Kim J.'],
  ['Shin Y 1.jpg', null],
  ['Chin_J.jpg', null],
  ['Back S.H. 2.jpg', null],
  ['Palm, Anna.jpg', null],
  ['back up.jpg', null],
  ['손 흥민 1.jpg', null],
])('%s: a surname or another word is no place, and the patient is %s', (path, patient) => {
  expect(read(path)).toMatchObject({ site: null, patient });
});

test.each([
  ['K-17/palm/IMG_1.jpg', 'K-17', 'hand'],
  ['K-17/Palm left/IMG_1.jpg', 'K-17', 'hand'],
  ['K-17/Back 2/IMG_1.jpg', 'K-17', 'back'],
  ['K-17 left arm/IMG_1.jpg', 'K-17', 'arm'],
  ['Kim J./2026-03-12 lower leg/IMG_1.jpg', 'Kim J.', 'lower-leg'],
  ['Shin Y./Shin Y, left arm.jpg', 'Shin Y.', 'arm'],
  ['Back Lesion 2.jpg', null, 'back'],
  ['손 병변 2.jpg', null, 'hand'],
])('%s: the patient is %s, the place %s', (path, patient, site) => {
  expect(read(path)).toMatchObject({ patient, site });
});
