import { expect, test } from 'vitest';
import { exampleCard } from '../../core/fixtures/analysis';
import { allCodes, codeOfClass } from './codes';

/** Verhoeff's check digit, which ends every identifier of SNOMED CT: a code with a wrong digit fails it. */
function hasCheckDigit(code: string): boolean {
  // The group of the symmetries of a pentagon: numbers from 5 are reflections.
  const after = (a: number, b: number) => {
    const [x, y] = [a % 5, b % 5];
    if (a < 5) return b < 5 ? (x + y) % 5 : 5 + ((x + y) % 5);
    return b < 5 ? 5 + ((x - y + 5) % 5) : (x - y + 5) % 5;
  };
  const moved = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];
  const permuted = (digit: number, times: number): number =>
    times === 0 ? digit : permuted(moved[digit] ?? 0, times - 1);
  return [...code].reverse().reduce((sum, digit, at) => after(sum, permuted(Number(digit), at % 8)), 0) === 0;
}

test('a code of SNOMED CT has its check digit', () => {
  const snomed = allCodes.filter(({ scheme }) => scheme === 'SCT');
  expect(snomed.length).toBeGreaterThan(20);
  expect(snomed.filter(({ value }) => !hasCheckDigit(value))).toEqual([]);
  expect(hasCheckDigit('427186001')).toBe(false);
});

test('a class of cells on a slide has no code of a terminology, whatever its id', () => {
  expect(codeOfClass(exampleCard, 'mel')?.value).toBe('93655004');
  expect(codeOfClass({ domain: 'histopathology' }, 'mel')).toBeNull();
  expect(codeOfClass(exampleCard, 'df')?.value).toBe('427186000');
  expect(codeOfClass(exampleCard, 'akiec')).toBeNull();
});
