import { expect, test } from 'vitest';
import { judge } from '../../../core/decision/judge';
import { exampleAnalysis } from '../../../core/fixtures/analysis';
import { storedPredictions } from '../../../report/fixtures/stored-predictions';
import { findingOf, type PhotoFinding, type SelfCheckAnswers, selfCheck } from './outcome';

/** Answers that call for nothing, so that only the photo speaks. */
const calm: SelfCheckAnswers = {
  age: 40,
  sex: null,
  place: null,
  special: 'none',
  symptoms: { changed: 'no', grew: 'no', bleed: 'no', itch: 'no', hurt: 'no', elevation: 'no' },
};

test('of the test photos, every flagged melanoma and squamous cell carcinoma is sent to a doctor soon', () => {
  const phone = storedPredictions().find(({ card }) => card.id === 'efficientnet-lite2-phone-symptoms');
  if (!phone?.truth) throw new Error('no predictions of the phone model are stored');
  const { card, logits, truth } = phone;
  const findings = logits.flatMap((row, index): PhotoFinding[] =>
    ['mel', 'scc'].includes(card.classes[truth[index] as number]?.id ?? '')
      ? [findingOf(exampleAnalysis({ ...judge(card, row), outOfDistribution: null }), card)]
      : [],
  );
  const flagged = findings.filter((finding) => 'flagged' in finding && finding.flagged);
  const outcomes = flagged.map((finding) => selfCheck(calm, finding).outcome);
  const uncertain = flagged.filter(({ kind }) => kind === 'not-judged').length;
  // docs/self-check.md says these.
  expect([findings.length, flagged.length, uncertain]).toEqual([19, 14, 4]);
  expect(outcomes.filter((outcome) => outcome === 'see-a-doctor')).toHaveLength(14);
});
