import { type NetworkCard, parseCard } from '../../core/card/card';
import type { CardFit } from '../../core/evaluation/card-fit';
import { sha256 } from '../../core/sha256';
import { constant } from '../graph/editor';
import type { Graph } from '../graph/graph';
import type { Answers } from './answers';
import { windowAttributes } from './attributes';
import {
  descriptionOf,
  formatName,
  measuredHere,
  noOodScore,
  notCalibrated,
  notRedone,
  oodScoreHere,
  summaryOf,
} from './card-texts';
import { idsOf, inBoth } from './class-ids';
import { oodName, withOodScore } from './ood-score';
import { ranges } from './ranges';
import type { ForeignModel } from './read-model';
import { writeModel } from './write-model';

/** What a golden logit may be off by on another back end. */
const tolerance = 0.02;

export interface MadePackage {
  card: NetworkCard;
  /** By name, card.json among them. */
  files: Map<string, Uint8Array<ArrayBuffer>>;
}

/**
 * The package of a model and of what its user says about it. `golden`: what its network answers to the golden
 * sample; null for a trial, in which any number passes and the output `embedding` is the features themselves. `fit`: what labelled photos gave; null where there
 * were none: then the card says that it is not calibrated, and flags nothing. Throws where the card would not
 * be in order, naming the field.
 */
export async function makePackage(
  model: ForeignModel,
  answers: Answers,
  golden: readonly number[] | null,
  fit: CardFit | null = null,
): Promise<MadePackage> {
  if (answers.classes.length !== model.answer.classes)
    throw new Error(`classes: are ${answers.classes.length}, and the model has ${model.answer.classes}`);
  const { features } = model.answer;
  const ood = features ? (fit?.ood ?? null) : null;
  const turned = answers.input.order === 'bgr' ? blueFirst(model) : model.graph;
  const graph = features && ood ? withOodScore(turned, features.name, ood.detector) : turned;
  const files = writeModel(graph);
  const entries = await Promise.all(
    [...files].map(async ([path, bytes]) => ({ path, bytes: bytes.length, sha256: await sha256(bytes) })),
  );
  const ids = idsOf(answers.classes.map(({ name }) => name));
  const { range, fit: fitting } = answers.input;
  const { mean, std } = typeof range === 'string' ? ranges[range] : range;
  const { name, size } = model.input;
  const format = formatName(model.format, model.teachableMachine);
  const card = {
    schema: 3,
    id: answers.id,
    version: answers.version,
    system: 'own',
    task: 'classification',
    domain: answers.domain,
    title: inBoth(answers.title),
    summary: summaryOf(format, ids.length),
    limits: [
      fit ? measuredHere(fit.results.count) : notCalibrated,
      ood ? oodScoreHere(ood.testCount) : noOodScore,
      notRedone,
    ],
    architecture: { name: format, parameters: model.parameters },
    input: { name, height: size, width: size, channels: 3, fit: fitting, mean: [...mean], std: [...std] },
    outputs: {
      ...model.answer.outputs,
      ...(ood && { ood: oodName }),
      // A trial gives the features themselves, on which the score is fitted.
      ...(features && !golden && { embedding: features.name }),
    },
    classes: answers.classes.map(({ name, kind }, index) => ({
      id: ids[index],
      name: inBoth(name),
      kind,
      description: descriptionOf,
    })),
    merge: null,
    metadata: null,
    calibration: fit?.calibration ?? uncalibrated(ids),
    decision: fit?.decision ?? null,
    ood: ood && {
      threshold: ood.threshold,
      acceptance: ood.acceptance,
      auroc: {},
      testAcceptance: ood.testAcceptance,
    },
    results: fit?.results ?? { split: 'none', origin: null, count: 0, group: 'none', metrics: {} },
    data: {
      name: answers.source,
      licence: 'not stated',
      citation: 'not stated',
      split: 'none',
      splitHash: 'none',
      counts: {},
    },
    licence: answers.licence,
    nonCommercial: answers.nonCommercial,
    recipe: { name: 'import', commit: 'none', seed: 0, parents: [] },
    files: entries,
    golden: {
      formula: 'integer-ramp',
      logits: golden ?? ids.map(() => 0),
      tolerance: golden ? tolerance : Number.MAX_VALUE,
    },
  };
  const parsed = parseCard(answers.id, card);
  if (!parsed.ok) throw new Error(`card.json: ${parsed.failure.detail.problem}`);
  if (parsed.value.task === 'panel') throw new Error('card.json: a panel has no network');
  files.set('card.json', new TextEncoder().encode(`${JSON.stringify(parsed.value, null, 2)}\n`));
  return { card: parsed.value, files };
}

/** Nothing is ever ruled out. */
const uncalibrated = (ids: readonly string[]) => ({
  temperature: 1,
  ece: null,
  eceUncalibrated: null,
  fittedOn: null,
  conformal: {
    method: 'class-conditional',
    coverage: 0.9,
    classes: ids.map((id) => ({ class: id, quantile: 1, count: 0, pooledWith: [] })),
  },
});

/** The same network behind a change of red and blue, which is exact: a convolution of ones and zeros. */
function blueFirst({ graph, input }: ForeignModel): Graph {
  const filter = {
    shape: [1, 1, 3, 3],
    dtype: 'float32' as const,
    after: 0,
    values: () => Float32Array.of(0, 0, 1, 0, 1, 0, 1, 0, 0),
  };
  const [filterName, name] = ['lentigo/blue_first/filter', 'lentigo/blue_first'];
  const padding = { top: 0, left: 0, bottom: 0, right: 0 };
  const node = {
    name,
    op: 'Conv2D',
    input: [input.name, filterName],
    attr: { T: { type: 'DT_FLOAT' }, ...windowAttributes({ strides: [1, 1], padding }) },
  };
  const turned = graph.nodes.map((other) => ({
    ...other,
    ...(other.input && {
      input: other.input.map((source) => (source === input.name ? name : source)),
    }),
  }));
  return {
    ...graph,
    nodes: [...turned, constant([filterName, filter]), node],
    weights: new Map([...graph.weights, [filterName, filter]]),
  };
}
