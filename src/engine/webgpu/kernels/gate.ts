import { fourfold } from '../../graph/convolution';
import type { Convolution, Gate } from '../../graph/operations';
import { type Program, paramsOf, spread } from '../program';
import { activationFunction } from './activation';
import { read, storedType, unpack } from './bytes';

const threads = 256;

const names = ['channels', 'inner', 'images'] as const;

/** Two layers over one vector an image: a workgroup has both, so that nothing between them leaves it. */
export function gateProgram(how: Gate, means: readonly number[]): Program {
  const { channels, inner, stored, activations } = how;
  const count = means[0] ?? 0;
  if (means.at(-1) !== channels || means.slice(1, -1).some((length) => length !== 1))
    throw new Error(`a gate of ${channels} channels is given means of shape ${means}`);
  return {
    key: `gate ${JSON.stringify([channels, inner, stored, activations])}`,
    shader: () => gateShader(how),
    params: [channels, inner, count],
    workgroups: spread(1, count),
  };
}

function gateShader({ channels, inner, stored, activations }: Gate): string {
  const [wide, narrow] = [fourfold(channels), fourfold(inner)];
  return `
${paramsOf(names)}
@group(0) @binding(1) var<storage, read_write> result: array<f32>;
@group(0) @binding(2) var<storage, read> means: array<f32>;
@group(0) @binding(3) var<storage, read> weights1: array<${storedType(stored[0])}>;
@group(0) @binding(4) var<storage, read> affine1: array<vec4<f32>>;
@group(0) @binding(5) var<storage, read> weights2: array<${storedType(stored[1])}>;
@group(0) @binding(6) var<storage, read> affine2: array<vec4<f32>>;

var<workgroup> sums: array<vec4<f32>, ${threads}>;
var<workgroup> squeezed: array<vec4<f32>, ${narrow / 4}>;

${activationFunction('activate1', activations[0], 'vec4<f32>')}
${activationFunction('activate2', activations[1], 'vec4<f32>')}
${stored.includes('bytes') ? unpack : ''}

@compute @workgroup_size(${threads})
fn main(
  @builtin(local_invocation_index) thread: u32,
  @builtin(workgroup_id) workgroup: vec3<u32>,
  @builtin(num_workgroups) workgroups: vec3<u32>,
) {
  let count = i32(workgroup.z * workgroups.y + workgroup.y);
  let valid = count < params.images;
  let start = count * params.channels;
  ${squeeze(stored[0], narrow / 4)}
  if (!valid) { return; }
  for (var column = i32(thread); column < ${wide / 4}; column += ${threads}) {
    var sum = vec4<f32>(0.0);
    for (var row = 0; row < params.inner; row++) {
      sum += squeezed[row / 4][row % 4] * ${read(stored[1], 'weights2', `row * ${wide / 4} + column`)};
    }
    let gate = activate2(sum * affine2[column] + affine2[${wide / 4} + column]);
    for (var i = 0; i < 4; i++) {
      let channel = 4 * column + i;
      if (channel < params.channels) { result[start + channel] = gate[i]; }
    }
  }
}`;
}

/**
 * The first layer: a few threads for each 4 numbers, which share the channels out; as many rounds as the
 * numbers need.
 */
function squeeze(stored: Convolution['stored'], columns: number): string {
  const across = Math.min(columns, threads);
  const along = 2 ** Math.floor(Math.log2(threads / across));
  return `
  let part = i32(thread) / ${across};
  for (var first = 0; first < ${columns}; first += ${across}) {
    let column = first + i32(thread) % ${across};
    var sum = vec4<f32>(0.0);
    if (valid && part < ${along} && column < ${columns}) {
      for (var row = part; row < params.channels; row += ${along}) {
        sum += means[start + row] * ${read(stored, 'weights1', `row * ${columns} + column`)};
      }
    }
    sums[thread] = sum;
    for (var half = ${Math.floor(along / 2)}; half >= 1; half /= 2) {
      workgroupBarrier();
      if (part < half) { sums[thread] += sums[i32(thread) + half * ${across}]; }
    }
    workgroupBarrier();
    if (part == 0 && column < ${columns}) {
      squeezed[column] = activate1(sums[thread] * affine1[column] + affine1[${columns} + column]);
    }
    workgroupBarrier();
  }`;
}
