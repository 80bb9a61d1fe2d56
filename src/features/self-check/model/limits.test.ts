import { expect, test } from 'vitest';
import { exampleCard } from '../../../core/fixtures/analysis';
import { limitsToShow } from './limits';
import { type SelfCheckAnswers, type Symptom, symptoms } from './outcome';

const disclaimer =
  'For research and teaching. Not a medical device, not a diagnosis. See a doctor about any spot that worries you.';
const own =
  'For research and teaching; not a medical device; not a diagnosis; see a doctor about any spot that worries you.';
const alarm =
  'It misses cancers. Never wait because of its answer; a spot that changes, bleeds or worries you should be seen whatever it says.';
const skin = 'Skin types V and VI are nearly absent from the data.';

const cardWith = (...limits: string[]) => ({
  ...exampleCard,
  limits: limits.map((en) => ({ en, ko: `ko: ${en}` })),
});
const said = (...signs: Symptom[]): SelfCheckAnswers => ({
  age: 40,
  sex: null,
  place: 'back',
  special: 'none',
  symptoms: Object.fromEntries(
    symptoms.map((symptom) => [symptom, signs.includes(symptom) ? 'yes' : 'no']),
  ) as SelfCheckAnswers['symptoms'],
});
const shown = (limits: string[], answers = said()) =>
  limitsToShow(cardWith(...limits), answers, disclaimer).limits.map(({ en }) => en);

test('the disclaimer is left out wherever it stands, and nothing in its place', () => {
  expect(shown([own, alarm, skin])).toEqual([alarm, skin]);
  expect(shown([skin, own])).toEqual([skin]);
  expect(shown([skin, alarm])).toEqual([skin, alarm]);
});

test('whoever said an alarm sign is not told to wait for one', () => {
  for (const sign of ['changed', 'grew', 'bleed'] as const) {
    expect(shown([own, alarm, skin], said(sign))).toEqual([skin]);
    expect(limitsToShow(cardWith(alarm), said(sign), disclaimer).alarmLeftOut).toBe(true);
  }
  expect(shown([own, alarm, skin], said('itch', 'elevation'))).toEqual([alarm, skin]);
  expect(limitsToShow(cardWith(skin), said('bleed'), disclaimer).alarmLeftOut).toBe(false);
});
