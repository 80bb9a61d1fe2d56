import { expect, test } from 'vitest';
import type { Limit } from '../../../core/card/card';
import { exampleCard } from '../../../core/fixtures/analysis';
import { limitsToShow } from './limits';
import { type SelfCheckAnswers, type Symptom, symptoms } from './outcome';

const own = { en: 'No diagnosis.', ko: '진단 아님', about: 'disclaimer' as const };
const alarm = { en: 'See a doctor.', ko: '진료', about: 'alarm-signs' as const };
const skin = { en: 'A spot that bleeds. Not a medical device.', ko: '피부' };

const cardWith = (...limits: Limit[]) => ({ ...exampleCard, limits });
const said = (...signs: Symptom[]): SelfCheckAnswers => ({
  age: 40,
  sex: null,
  place: 'back',
  special: 'none',
  symptoms: Object.fromEntries(
    symptoms.map((symptom) => [symptom, signs.includes(symptom) ? 'yes' : 'no']),
  ) as SelfCheckAnswers['symptoms'],
});
const shown = (limits: Limit[], answers = said()) => limitsToShow(cardWith(...limits), answers).limits;

test('the disclaimer is left out wherever it stands, and nothing in its place', () => {
  expect(shown([own, alarm, skin])).toEqual([alarm, skin]);
  expect(shown([skin, own])).toEqual([skin]);
  expect(shown([skin, alarm])).toEqual([skin, alarm]);
});

test('whoever said an alarm sign is not told to wait for one', () => {
  for (const sign of ['changed', 'grew', 'bleed'] as const) {
    expect(shown([own, alarm, skin], said(sign))).toEqual([skin]);
    expect(limitsToShow(cardWith(alarm), said(sign)).alarmLeftOut).toBe(true);
  }
  expect(shown([own, alarm, skin], said('itch', 'elevation'))).toEqual([alarm, skin]);
  expect(limitsToShow(cardWith(skin), said('bleed')).alarmLeftOut).toBe(false);
});
