import { expect, test } from 'vitest';
import { sameDiagnosis } from './diagnoses';

test('one diagnosis by the ids of different packages', () => {
  expect(sameDiagnosis('nv', 'nevus')).toBe(true);
  expect(sameDiagnosis('nev', 'nevus')).toBe(true);
  expect(sameDiagnosis('sek', 'bkl')).toBe(true);
  expect(sameDiagnosis('mel', 'nv')).toBe(false);
});

test('one diagnosis by words of either language', () => {
  expect(sameDiagnosis('흑색종', 'mel')).toBe(true);
  expect(sameDiagnosis("Bowen's disease", 'akiec')).toBe(true);
  expect(sameDiagnosis('Lentigo maligna', 'lentigo')).toBe(false);
});

test('free words are the same in any case and with spaces around, and nothing else', () => {
  expect(sameDiagnosis(' Blue naevus', 'blue naevus ')).toBe(true);
  expect(sameDiagnosis('blue naevus', 'naevus')).toBe(false);
});
