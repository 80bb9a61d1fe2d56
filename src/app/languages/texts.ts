import { english as earlyEnglish } from './english';
import { korean as earlyKorean } from './korean';
import { late } from './late';
import { lateBenchmark } from './late-benchmark';
import { lateCases } from './late-cases';
import { lateEvaluate } from './late-evaluate';
import { lateKiosk } from './late-kiosk';
import { lateModels } from './late-models';
import { lateQuiz } from './late-quiz';
import { lateSelfCheck } from './late-self-check';

/**
 * The texts of every language, for whoever runs outside the page; the page fetches those that it shows
 * (languages.ts).
 */
export const english = {
  ...earlyEnglish,
  ...late.en,
  ...lateBenchmark.en,
  ...lateCases.en,
  ...lateEvaluate.en,
  ...lateKiosk.en,
  ...lateModels.en,
  ...lateQuiz.en,
  ...lateSelfCheck.en,
};
export const korean = {
  ...earlyKorean,
  ...late.ko,
  ...lateBenchmark.ko,
  ...lateCases.ko,
  ...lateEvaluate.ko,
  ...lateKiosk.ko,
  ...lateModels.ko,
  ...lateQuiz.ko,
  ...lateSelfCheck.ko,
};
