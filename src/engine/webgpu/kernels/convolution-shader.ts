import { each, paramsOf } from '../program';
import { activationFunction } from './activation';
import { read, storedType, unpack } from './bytes';
import { imageFunction, rowFunction, tapFunctions } from './convolution-image';
import { type ConvolutionVariant, stepsAtOnce, type Tile } from './convolution-variant';

export const convolutionParams = [
  'pixels',
  'steps',
  'depth',
  'channelsIn',
  'imageHeight',
  'imageWidth',
  'imageStride',
  'resultHeight',
  'resultWidth',
  'resultStride',
  'resultOffset',
  'channelsOut',
  'columns',
  'kernelHeight',
  'kernelWidth',
  'strideY',
  'strideX',
  'dilationY',
  'dilationX',
  'top',
  'left',
] as const;

/**
 * A convolution as a product of matrices: a row a pixel of the result, with what it sees of the image in the
 * order of the filter; a column a channel. Nothing of the first matrix is ever written down: its parts go
 * from the image to workgroup memory.
 */
export function convolutionShader(variant: ConvolutionVariant): string {
  const { tile, stored, vectorOut, entry, gate, residual } = variant;
  const { columns, rows, rowsEach, splits } = tile;
  const group = columns * rows;
  const tileRows = rows * rowsEach;
  const imageLoads = (tileRows * stepsAtOnce) / group;
  const filterLoads = (4 * stepsAtOnce) / rows;
  const imageTile = tileRows * stepsAtOnce;
  const filterTile = 4 * stepsAtOnce * columns;
  const result = vectorOut ? 'vec4<f32>' : 'f32';
  let binding = 0;
  const storage = (name: string, type: string, access = 'read') =>
    `@group(0) @binding(${++binding}) var<storage, ${access}> ${name}: array<${type}>;`;

  return `
${paramsOf(convolutionParams)}
${storage('result', result, 'read_write')}
${storage('image', variant.vectorIn ? 'vec4<f32>' : 'f32')}
${storage('weights', storedType(stored))}
${storage('affine', 'vec4<f32>')}
${entry ? storage('entry', variant.vectorIn ? 'vec4<f32>' : 'f32') : ''}
${gate ? storage('gate', variant.vectorIn ? 'vec4<f32>' : 'f32') : ''}
${residual ? storage('residual', result) : ''}

/** For each split, what its threads see of the image, then of the filter. */
var<workgroup> tiles: array<vec4<f32>, ${splits * (imageTile + filterTile)}>;

${activationFunction('activate', variant.activation, 'vec4<f32>')}
${activationFunction('before', variant.before, variant.vectorIn ? 'vec4<f32>' : 'f32')}

${stored === 'bytes' ? unpack : ''}
fn filterAt(row: i32, column: i32) -> vec4<f32> {
  if (row >= params.depth || column >= params.columns) { return vec4<f32>(0.0); }
  ${variant.doubled ? 'let place = (row + phase * params.depth) * params.columns + column;' : 'let place = row * params.columns + column;'}
  return ${read(stored, 'weights', 'place')};
}

/** A row of the first matrix: which image, and the corner of what it sees there. */
struct Row {
  valid: bool,
  count: i32,
  y: i32,
  x: i32,
}

${variant.doubled ? 'var<private> phase: i32;' : ''}
${rowFunction(variant)}
${tapFunctions(variant)}
${imageFunction(variant)}
${storeFunction(variant)}

@compute @workgroup_size(${columns}, ${rows}, ${splits})
fn main(
  @builtin(local_invocation_id) local: vec3<u32>,
  @builtin(workgroup_id) workgroup: vec3<u32>,
  @builtin(num_workgroups) workgroups: vec3<u32>,
) {
  let thread = i32(local.y) * ${columns} + i32(local.x);
  let split = i32(local.z);
  ${variant.doubled ? 'phase = i32(workgroup.z % 4u);' : ''}
  let layer = workgroup.z${variant.doubled ? ' / 4u' : ''};
  let firstRow = i32(layer * workgroups.y + workgroup.y) * ${tileRows};
  let firstColumn = i32(workgroup.x) * ${columns};

  // This thread's share of the loading: the same step of a few rows, and the same column of a few rows of the
  // filter.
  let lane = thread % ${stepsAtOnce};
  let imageStart = split * ${imageTile + filterTile};
  let filterStart = imageStart + ${imageTile};
  // Loops, because drivers take long over the same long function again and again.
  var loaded: array<Row, ${imageLoads}>;
  for (var i = 0; i < ${imageLoads}; i++) {
    loaded[i] = rowAt(firstRow + (thread + i * ${group}) / ${stepsAtOnce});
  }

  ${each(rowsEach, (i) => `var sum${i} = vec4<f32>(0.0);`)}
  var tap = tapAt(split * ${stepsAtOnce} + lane);
  for (var start = 0; start < params.steps; start += ${stepsAtOnce * splits}) {
    let step = start + split * ${stepsAtOnce};
    for (var i = 0; i < ${imageLoads}; i++) {
      tiles[imageStart + thread + i * ${group}] = imageAt(loaded[i], tap);
    }
    advance(&tap);
    for (var i = 0; i < ${filterLoads}; i++) {
      let filterRow = 4 * step + i32(local.y) + i * ${rows};
      tiles[filterStart + thread + i * ${group}] = filterAt(filterRow, firstColumn + i32(local.x));
    }
    workgroupBarrier();
    for (var inner = 0; inner < ${stepsAtOnce}; inner++) {
      let filterRow = filterStart + inner * ${4 * columns} + i32(local.x);
      let weights0 = tiles[filterRow];
      let weights1 = tiles[filterRow + ${columns}];
      let weights2 = tiles[filterRow + ${2 * columns}];
      let weights3 = tiles[filterRow + ${3 * columns}];
      let imageRow = imageStart + i32(local.y) * ${stepsAtOnce} + inner;
      ${each(
        rowsEach,
        (i) => `let pixel${i} = tiles[imageRow + ${i * rows * stepsAtOnce}];
      sum${i} += pixel${i}.x * weights0 + pixel${i}.y * weights1 + pixel${i}.z * weights2 + pixel${i}.w * weights3;`,
      )}
    }
    workgroupBarrier();
  }
  ${splits > 1 ? addSplits(tile) : ''}
  let column = firstColumn + i32(local.x);
  if (column >= params.columns) { return; }
  let factor = affine[column];
  let offset = affine[params.columns + column];
  ${each(rowsEach, (i) => `store(firstRow + i32(local.y) + ${i * rows}, column, sum${i} * factor + offset);`)}
}`;
}

function storeFunction({ vectorOut, residual, doubled }: ConvolutionVariant): string {
  const pixel = doubled
    ? `let x = row % params.resultWidth;
  let line = row / params.resultWidth;
  let pixel = (2 * line + phase / 2) * 2 * params.resultWidth + 2 * x + phase % 2;`
    : 'let pixel = row;';
  const write = vectorOut
    ? `let place = pixel * params.columns + column;
  result[pixel * params.resultStride + params.resultOffset + column] = activate(value${residual ? ' + residual[place]' : ''});`
    : `for (var i = 0; i < 4; i++) {
    let channel = 4 * column + i;
    if (channel >= params.channelsOut) { return; }
    let sum = value[i]${residual ? ' + residual[pixel * params.channelsOut + channel]' : ''};
    result[pixel * params.resultStride + params.resultOffset + channel] = activate(vec4<f32>(sum)).x;
  }`;
  return `
fn store(row: i32, column: i32, value: vec4<f32>) {
  if (row >= params.pixels) { return; }
  ${pixel}
  ${write}
}`;
}

/**
 * The sums of all splits together, in the first one. The tiles are not needed any more, and leave their
 * memory.
 */
function addSplits({ columns, rows, rowsEach, splits }: Tile): string {
  const sums = rowsEach * columns * rows;
  return `
  if (split > 0) {
    ${each(rowsEach, (i) => `tiles[(split - 1) * ${sums} + thread * ${rowsEach} + ${i}] = sum${i};`)}
  }
  workgroupBarrier();
  if (split > 0) { return; }
  for (var other = thread * ${rowsEach}; other < ${(splits - 1) * sums}; other += ${sums}) {
    ${each(rowsEach, (i) => `sum${i} += tiles[other + ${i}];`)}
  }`;
}
