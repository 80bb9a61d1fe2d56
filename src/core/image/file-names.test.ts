import { expect, test } from 'vitest';
import { isHidden, mayBePhoto, withoutPictureEnding } from './file-names';

test('a folder holds more than photos', () => {
  const photos = ['a.jpg', 'b.DCM', 'IM1', 'x.heif', 'photo.jfif', 'photo.JPE', 'visit/a.webp'];
  expect(photos.filter(mayBePhoto)).toEqual(photos);
  const others = ['a.csv', '.hidden', 'DICOMDIR', 'notes.docx', 'README', 'LICENSE', 'movie.mp4'];
  expect(others.filter(mayBePhoto)).toEqual([]);
});

test('a DICOM file may be named by its UID alone', () => {
  expect(['1.2.826.0.1.3680043.8.498.12345', 'MR.1.3.12.2.1107.5'].every(mayBePhoto)).toBe(true);
  expect(withoutPictureEnding('1.2.826.0.1')).toBe('1.2.826.0.1');
});

test('what a Mac writes beside a file, and what an archive of its own holds, is hidden', () => {
  expect(['._a.jpg', 'x/._a.jpg', '.git/a.jpg', '__MACOSX/a.jpg'].every(isHidden)).toBe(true);
  expect(['a.jpg', './a.jpg', '../a.jpg', 'x/a.b.jpg'].some(isHidden)).toBe(false);
  expect(mayBePhoto('._a.jpg')).toBe(false);
});
