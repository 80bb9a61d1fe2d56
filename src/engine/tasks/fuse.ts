import type { AttentionMaps, LesionSearch } from '../../core/analysis';
import { calibrated } from '../../core/decision/judge';
import type { Rules } from '../../core/decision/site-calibration';
import { whatIfTable, whatIfVariants } from '../../core/decision/what-if';
import type { Square } from '../../core/geometry';
import { maskInSquare } from '../../core/lesion/mask';
import type { Pixels } from '../../core/raster';
import type { ReadyPackage } from '../package/packages';
import type { Values } from '../pass';
import { viewportOf } from './lesion-search';
import { computeOutputs, numbersIn, type Outputs, repeated, rowsOf } from './outputs';

/** What a fusion gives beside its answer, and what its head takes again. */
export const fusionOutputs = ['attention_meta', 'attention_mask', 'tokens', 'mask_vector'] as const;

/**
 * The chosen lesion as the network takes it, [1, size, size, 1], on the square of the image; all background
 * if there is none.
 */
export function maskInput(
  { card }: ReadyPackage,
  lesion: LesionSearch | null,
  photo: Pixels,
  square: Square,
): Values {
  const size = card.input.width;
  const mask = lesion?.mask;
  const data = mask
    ? maskInSquare(mask, viewportOf(mask, photo), square, size)
    : new Float32Array(size * size);
  return { shape: [1, size, size, 1], data };
}

/**
 * Where the queries look: mean over the heads of [1, heads, 1, tokens], the tokens laid out as the square
 * grid that they are.
 */
export function attentionOf({ attention_meta, attention_mask }: Outputs): AttentionMaps | null {
  const planes = [
    { query: 'metadata' as const, values: attention_meta && meanOverHeads(attention_meta) },
    { query: 'mask' as const, values: attention_mask && meanOverHeads(attention_mask) },
  ].flatMap(({ query, values }) => (values ? [{ query, values }] : []));
  const tokens = planes[0]?.values.length ?? 0;
  const side = Math.round(Math.sqrt(tokens));
  return side > 0 && side * side === tokens ? { width: side, height: side, planes } : null;
}

function meanOverHeads({ shape, data }: Values): Float32Array {
  const [, heads = 1, , tokens = 0] = shape;
  return Float32Array.from({ length: tokens }, (_, token) => {
    let sum = 0;
    for (let head = 0; head < heads; head++) sum += data[head * tokens + token] ?? 0;
    return sum / heads;
  });
}

interface Case {
  /** The `metadata` input that the answer was given for; null for a fusion without. */
  metadata: Float32Array | null;
  mask: Values;
  /** Of that answer, one for each class. */
  logits: number[];
  /** By which they are judged. */
  rules: Rules;
}

/**
 * The what-if table, all variants as one batch through the head alone, on the tokens of the answer; null
 * where the package names no tokens or takes no metadata.
 */
export async function whatIf(ready: ReadyPackage, outputs: Outputs, { metadata, mask, logits, rules }: Case) {
  const { card } = ready;
  const names = card.outputs;
  if (!card.metadata || !metadata || !names.tokens || !outputs.tokens) return null;
  const hasMask = outputs.mask_vector !== undefined && mask.data.some((value) => value !== 0);
  const variants = whatIfVariants(card.metadata, metadata, hasMask);
  const inputs: Record<string, Values> = {
    [names.tokens]: repeated(outputs.tokens, variants.length),
    metadata: rowsTogether(variants.map((variant) => variant.metadata)),
  };
  if (names.mask_vector && outputs.mask_vector) {
    const seen = outputs.mask_vector.data;
    const unseen = hasMask ? await vectorOfNoMask(ready, mask.shape) : seen;
    const vectors = variants.map((variant) => (variant.mask ? seen : unseen));
    inputs[names.mask_vector] = rowsTogether(vectors);
  }
  const { logits: others } = await computeOutputs(ready, inputs, ['logits']);
  const rows = others ? rowsOf(others).map((row) => numbersIn(row, card.classes.length)) : [];
  return whatIfTable(
    calibrated(rules, logits),
    variants,
    rows.map((row) => calibrated(rules, row)),
  );
}

/** What the mask's encoder makes of an empty mask. */
async function vectorOfNoMask(ready: ReadyPackage, shape: number[]): Promise<Float32Array> {
  const empty = new Float32Array(shape.reduce((product, length) => product * length, 1));
  const { mask_vector } = await computeOutputs(ready, { mask: { shape, data: empty } }, ['mask_vector']);
  return mask_vector?.data ?? new Float32Array();
}

function rowsTogether(rows: Float32Array[]): Values {
  const width = rows[0]?.length ?? 0;
  const data = new Float32Array(rows.length * width);
  rows.forEach((row, index) => {
    data.set(row, index * width);
  });
  return { shape: [rows.length, width], data };
}
