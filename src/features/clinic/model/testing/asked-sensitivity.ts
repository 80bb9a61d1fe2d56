import type { NetworkCard } from '../../../../core/card/card';
import { exampleAnalysis, exampleCard } from '../../../../core/fixtures/analysis';
import { openPhoto } from './triage-rows';

/** What is the same wherever an answer at a sensitivity that was asked for is shown, kept or exported. */

export const wanted = 0.95;
const about = (value: number) => ({ value, low: value - 0.02, high: value + 0.02 });

/** The example, with a threshold for 95 % beside its own, which is 0.21 for 90 %. */
export const card: NetworkCard = {
  ...exampleCard,
  decision: exampleCard.decision && {
    ...exampleCard.decision,
    thresholds: [
      { targetSensitivity: wanted, threshold: 0.123, sensitivity: about(0.94), specificity: about(0.61) },
    ],
  },
};

/** Below the model's own threshold and above the one that is asked for; its set by itself is benign. */
const analysis = exampleAnalysis({
  probabilities: [
    { id: 'nv', logit: 1, raw: 0.85, calibrated: 0.85 },
    { id: 'mel', logit: 0, raw: 0.15, calibrated: 0.15 },
  ],
  conformalSet: ['nv'],
  decision: { positive: ['mel'], probability: 0.15, threshold: 0.21, above: false, wanted: null },
});
export const photo = openPhoto('arm.jpg', { runs: { [card.id]: { state: 'done', analysis } } });

export const decision = { positive: ['mel'], probability: 0.15, threshold: 0.123, above: true, wanted };

/** Sentences of the answer; `percent`: with the digits of the place. */
export const sentences = {
  en: {
    flagged: 'Flagged',
    target: 'You asked for a threshold that is meant to flag 95 % of such lesions.',
    measured: 'On test photos the threshold flagged 94 % of such lesions (sensitivity)',
    added: 'Added because the photo is flagged: Melanoma.',
  },
  ko: {
    flagged: '주의 표시됨',
    target: '이런 병변의 95%에 주의 표시를 하는 것을 목표로 직접 고르신 기준값입니다.',
    measured: '시험용 사진에서는 이런 병변의 94%에 주의 표시를 했고(민감도)',
    added: '주의 표시가 되어 목록에 더한 진단: 흑색종.',
  },
} as const;
