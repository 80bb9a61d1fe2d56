import { expect, test } from 'vitest';
import { siteGroupOfRegion, yearsOfAgeString } from './patient-facts';

test.each([
  ['FACE', 'head-neck'],
  ['UPPER_ARM', 'extremities'],
  ['Skin of forearm', 'extremities'],
  ['Left foot', 'lower-body'],
  ['BACK', 'upper-body'],
  ['ABDOMEN', 'special'],
  ['GENITALIA', 'genital-oral'],
  ['HEART', null],
  ['', null],
])('%s is a place in %s', (term, group) => {
  expect(siteGroupOfRegion(term)).toBe(group);
});

test.each([
  ['045Y', 45],
  ['018M', 1],
  ['104W', 1],
  ['105W', 2],
  ['300D', 0],
  ['121Y', null],
  ['45', null],
  ['45Y', null],
  ['', null],
])('age %s is %s years', (text, years) => {
  expect(yearsOfAgeString(text)).toBe(years);
});
