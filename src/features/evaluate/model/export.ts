import type { Provenance } from '../../../core/analysis';
import { predictionSet } from '../../../core/decision/prediction-set';
import { type ImageAnswer, isRefused } from '../../../core/evaluation/answer';
import { flaggedBy } from '../../../core/evaluation/flagged';
import { ageOf, sexOf, siteOf } from '../../../core/evaluation/labels';
import type { EvaluationMeasured } from '../../../core/evaluation/measured';
import type { PlannedImage } from '../../../core/evaluation/plan';
import type { JudgedModel } from '../../../core/evaluation/sample';
import { dice, jaccard } from '../../../core/metrics/overlap';
import { csvOf } from '../../../report/csv';
import type { Disclaimer } from '../../../report/words';

/** What an evaluation is taken along as. */

export interface Exported {
  name: string;
  createdAt: string;
  models: readonly JudgedModel[];
  /** Whose outlines were judged; null or missing where that was left to the engine. */
  segmenterId?: string | null;
  /** By package id. */
  provenance: Readonly<Record<string, Provenance>>;
  images: readonly PlannedImage[];
  answers: ReadonlyMap<string, ImageAnswer>;
  measured: EvaluationMeasured;
}

/**
 * One row an image and model: what the table said, the answer, each probability, how well the outline covers
 * the true one, or why there is none; the disclaimer in both languages. RFC 4180 with a byte order mark; a
 * text that a spreadsheet would run as a formula gets an apostrophe in front.
 */
export function answersTable(exported: Exported, disclaimer: Disclaimer): string {
  const classes = [...new Set(exported.models.flatMap((model) => model.classes))];
  const fields = [
    'file',
    'label',
    'age',
    'sex',
    'site',
    'group',
    'model',
    'truth',
    'predicted',
    // What is predicted may be benign where the photo is flagged, and must not stand alone.
    'flagged',
    // The clinic would give no result: what is not flagged then is not called harmless.
    'no_result',
    'set',
    ...classes.map((id) => `p_${id}`),
    'milliseconds',
    'dice',
    'jaccard',
    'failure',
    'disclaimer_en',
    'disclaimer_ko',
  ];
  // Outlines judged without any classifier have a row an image all the same.
  const outliner: JudgedModel = {
    packageId: exported.segmenterId ?? '',
    classes: [],
    decision: null,
    labels: {},
  };
  const rows = exported.models.length > 0 ? exported.models : [outliner];
  const data = exported.images.flatMap((image) =>
    rows.flatMap((model) => {
      const imageAnswer = exported.answers.get(image.path);
      const answer = imageAnswer?.answers[model.packageId];
      if (!imageAnswer || (!answer && exported.models.length > 0)) return [];
      const byClass = new Map(
        answer?.ok ? model.classes.map((id, index) => [id, answer.probabilities[index]]) : [],
      );
      const best = Math.max(...[...byClass.values()].map((value) => value ?? 0));
      return [
        [
          image.path,
          image.label,
          ageOf(image),
          sexOf(image),
          siteOf(image),
          image.group,
          model.packageId,
          model.labels[image.label] ?? null,
          answer?.ok ? model.classes.find((id) => byClass.get(id) === best) : null,
          answer?.ok ? flaggedBy(model, answer.probabilities) : null,
          answer?.ok ? isRefused(answer) : null,
          answer?.ok && model.conformal
            ? predictionSet(model.conformal.classes, answer.probabilities).classes.join(' ')
            : null,
          ...classes.map((id) => byClass.get(id) ?? null),
          answer?.ok ? answer.milliseconds : null,
          imageAnswer.overlap && dice(imageAnswer.overlap),
          imageAnswer.overlap && jaccard(imageAnswer.overlap),
          answer?.ok ? null : (answer?.failure ?? imageAnswer.maskFailure)?.code,
          disclaimer.en,
          disclaimer.ko,
        ],
      ];
    }),
  );
  return csvOf(fields, data);
}

/** Every number of the results with all its digits, every answer, and what they came from. */
export function evaluationJson(exported: Exported, disclaimer: Disclaimer): string {
  const { answers, images, ...rest } = exported;
  const document = {
    format: 'lentigo-evaluation',
    schema: 1,
    disclaimer,
    ...rest,
    images: images.map((image) => ({ ...image, ...answers.get(image.path) })),
  };
  return `${JSON.stringify(document, null, 1)}\n`;
}
