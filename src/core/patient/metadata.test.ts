import { describe, expect, test } from 'vitest';
import { valueAt, whatIfTable, whatIfVariants } from '../decision/what-if';
import fixture from '../fixtures/metadata.json';
import { encodeField, encodeMetadata, type MetadataSchema, unknownFields, unknownIndex } from './metadata';

const derm = fixture.derm.metadata as MetadataSchema;

describe.each(['derm', 'phone'] as const)('%s: encoded as in training', (name) => {
  const schema = fixture[name].metadata as MetadataSchema;
  test.each(fixture[name].cases.map(({ values, ones }) => [JSON.stringify(values), values, ones] as const))(
    '%s',
    (_, values, ones) => {
      const vector = encodeMetadata(schema, values as unknown as Record<string, string>);
      expect(vector).toHaveLength(schema.width);
      expect(Array.from(vector.entries()).flatMap(([place, value]) => (value === 1 ? [place] : []))).toEqual(
        ones,
      );
      expect(vector.reduce((sum, value) => sum + value, 0)).toBe(schema.fields.length);
    },
  );
});

test('an age may be a number, a choice its id, and nothing at all is unknown', () => {
  const [age, sex] = derm.fields;
  if (!age || !sex) throw new Error('The fixture has no fields.');
  expect([0, 9.99, 10, 45, 80, 120].map((years) => encodeField(age, years))).toEqual([0, 0, 1, 4, 8, 8]);
  expect(encodeField(age, Number.NaN)).toBe(unknownIndex(age));
  expect(encodeField(sex, 'male')).toBe(1);
  expect(encodeMetadata(derm, {})).toEqual(encodeMetadata(derm, { age: null, sex: '', site: undefined }));
  expect(unknownFields(derm, { age: 50, site: 'head-neck' })).toEqual(['sex']);
});

describe('what if', () => {
  const current = encodeMetadata(derm, { age: 45, sex: 'female' });
  const variants = whatIfVariants(derm, current, true);

  test('every other value of each field once, and no mask', () => {
    const others = derm.fields.reduce((sum, { size }) => sum + size - 1, 0);
    expect(variants).toHaveLength(others + 1);
    expect(new Set(variants.map(({ field, value }) => `${field} ${value}`)).size).toBe(variants.length);
    expect(variants[0]).toMatchObject({ field: 'age', value: 'unknown', mask: true });
    expect(variants.some(({ field, value }) => field === 'age' && value === '40-49')).toBe(false);
    // The site is unknown already: that is no variant.
    expect(variants.some(({ field, value }) => field === 'site' && value === 'unknown')).toBe(false);
    expect(variants.at(-1)).toMatchObject({ field: 'mask', value: 'none', mask: false });
    expect(whatIfVariants(derm, current, false)).toHaveLength(others);
  });

  test('each differs from the case in its own field alone, with one 1 in every group', () => {
    for (const { field, metadata } of variants) {
      for (const { id, offset, size } of derm.fields) {
        const group = metadata.subarray(offset, offset + size);
        expect(group.reduce((sum, value) => sum + value, 0)).toBe(1);
        const same = String(group) === String(current.subarray(offset, offset + size));
        expect(same).toBe(id !== field);
      }
    }
    const older = variants.find(({ value }) => value === '80+');
    expect(older?.metadata).toEqual(encodeMetadata(derm, { age: 85, sex: 'female' }));
  });

  test('names of bins and choices', () => {
    const [age, sex] = derm.fields;
    if (!age || !sex) throw new Error('The fixture has no fields.');
    expect([0, 7, 8, 9].map((place) => valueAt(age, place))).toEqual(['0-9', '70-79', '80+', 'unknown']);
    expect([0, 1, 2].map((place) => valueAt(sex, place))).toEqual(['female', 'male', 'unknown']);
  });

  test('the table says how far each class moved', () => {
    const two = variants.slice(0, 2);
    const table = whatIfTable([0.7, 0.3], two, [
      [0.5, 0.5],
      [0.7, 0.3],
    ]);
    expect(table[0]?.changes.map((change) => Math.round(change * 100) / 100)).toEqual([-0.2, 0.2]);
    expect(table[0]?.largest).toBeCloseTo(0.2, 12);
    expect(table[1]).toMatchObject({ field: 'age', value: '0-9', changes: [0, 0], largest: 0 });
    expect(() => whatIfTable([0.7, 0.3], two, [[0.5, 0.5]])).toThrow(RangeError);
  });
});
