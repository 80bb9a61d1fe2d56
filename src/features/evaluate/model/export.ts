import type { Provenance } from '../../../core/analysis';
import { predictionSet } from '../../../core/decision/prediction-set';
import { type ImageAnswer, isRefused } from '../../../core/evaluation/answer';
import { flaggedBy } from '../../../core/evaluation/flagged';
import { ageOf, sexOf, siteOf } from '../../../core/evaluation/labels';
import type { EvaluationMeasured } from '../../../core/evaluation/measured';
import type { PlannedImage } from '../../../core/evaluation/plan';
import type { JudgedModel } from '../../../core/evaluation/sample';
import { dice, jaccard } from '../../../core/metrics/overlap';
import type { Steps } from '../../../core/steps';
import { csvOf, csvRows } from '../../../report/csv';
import type { Disclaimer } from '../../../report/words';

/** What an evaluation is taken along as. */

/** Images of one step: each has a row for each model. */
const atOnce = 100;

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
 * text that a spreadsheet would run as a formula gets an apostrophe in front. In pieces, made in steps.
 */
export function* answersTable(exported: Exported, disclaimer: Disclaimer): Steps<string[]> {
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
  const rowsOf = (image: PlannedImage) =>
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
    });
  const pieces = [csvOf(fields, [])];
  for (let from = 0; from < exported.images.length; from += atOnce) {
    const data = exported.images.slice(from, from + atOnce).flatMap(rowsOf);
    if (data.length > 0) pieces.push(csvRows(data));
    yield atOnce;
  }
  return pieces;
}

/** Every number of the results with all its digits, every answer, and what they came from; in pieces, made in steps. */
export function* evaluationJson(exported: Exported, disclaimer: Disclaimer): Steps<string[]> {
  const { answers, images, ...rest } = exported;
  const head = JSON.stringify({ format: 'lentigo-evaluation', schema: 1, disclaimer, ...rest }, null, 1);
  const pieces = [`${head.slice(0, -'\n}'.length)},\n "images": [`];
  for (let from = 0; from < images.length; from += atOnce) {
    const some = images.slice(from, from + atOnce);
    const texts = some.map((image) => JSON.stringify({ ...image, ...answers.get(image.path) }, null, 1));
    pieces.push(`${from === 0 ? '' : ','}\n  ${texts.join(',\n').replaceAll('\n', '\n  ')}`);
    yield atOnce;
  }
  return [...pieces, images.length > 0 ? '\n ]\n}\n' : ']\n}\n'];
}
