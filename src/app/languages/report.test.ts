import { expect, test } from 'vitest';
import type { ReportWords } from '../../report/words';
import enAll from './en.json';
import koAll from './ko.json';
import en from './report.en.json';
import ko from './report.ko.json';
import unaskedEn from './unasked-lesions.en.json';
import unaskedKo from './unasked-lesions.ko.json';
import verdictEn from './verdict.en.json';
import verdictKo from './verdict.ko.json';
import viewerEn from './viewer.en.json';
import viewerKo from './viewer.ko.json';

const gateOf = (
  { answer, failure }: Pick<typeof enAll, 'answer' | 'failure'>,
  { viewer }: typeof viewerEn,
): ReportWords['gate'] => ({
  overruled: answer.overruled,
  refuse: {
    size: failure['photo-size'].sentence,
    dark: failure['photo-dark'].sentence,
    overexposed: failure['photo-overexposed'].sentence,
    flat: failure['photo-flat'].sentence,
    blur: failure['photo-blur'].sentence,
    skin: failure['photo-skin'].sentence,
  },
  warn: viewer.qualityWarnings,
});

// Does not compile where a word is missing.
const english: ReportWords = {
  ...en.report,
  ...unaskedEn,
  verdict: verdictEn.verdict,
  form: viewerEn.viewer.form,
  gate: gateOf(enAll, viewerEn),
};
const korean: ReportWords = {
  ...ko.report,
  ...unaskedKo,
  verdict: verdictKo.verdict,
  form: viewerKo.viewer.form,
  gate: gateOf(koAll as unknown as typeof enAll, viewerKo as unknown as typeof viewerEn),
};

/** "case.heading" -> its text, for every text. */
function texts(tree: object, path = ''): Map<string, string> {
  return new Map(
    Object.entries(tree).flatMap(([key, value]) =>
      typeof value === 'string' ? [[`${path}${key}`, value] as const] : [...texts(value, `${path}${key}.`)],
    ),
  );
}
const places = (text: string) => [...text.matchAll(/\{\{\w+\}\}/g)].map(String).sort();

test('both languages have the same words, none empty, with the same places for values', () => {
  const korean = texts(ko);
  expect([...korean.keys()]).toEqual([...texts(en).keys()]);
  for (const [key, text] of texts(en)) {
    expect(text.trim(), key).not.toBe('');
    expect(korean.get(key)?.trim(), key).toBeTruthy();
    expect(places(korean.get(key) ?? ''), key).toEqual(places(text));
  }
});

test('Korean is Korean: the two differ wherever there are letters to translate', () => {
  const same = [...texts(en)].filter(([key, text]) => texts(ko).get(key) === text).map(([key]) => key);
  expect(same).toEqual(['report.provenance.photoValue']);
});

test('the disclaimer says what must be said', () => {
  expect(english.disclaimer).toMatch(
    /research and teaching.*not a medical device.*not a diagnosis.*see a doctor/i,
  );
  expect(korean.disclaimer).toMatch(/연구와 교육.*의료기기가 아니며.*진단이 아닙니다.*의사/);
});
