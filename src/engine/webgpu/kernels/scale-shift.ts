import type { ScaleShift } from '../../graph/operations';
import { type Program, paramsOf, spread } from '../program';
import { activationFunction } from './activation';

const threads = 64;

const names = ['channels', 'perImage', 'size'] as const;

/** A factor and an offset for each channel, after a gate where there is one. */
export function scaleShiftProgram({ gated, activation }: ScaleShift, image: readonly number[]): Program {
  const channels = image.at(-1) ?? 0;
  const vector = channels % 4 === 0;
  const size = image.reduce((product, length) => product * length, vector ? 0.25 : 1);
  return {
    key: `scale-shift ${JSON.stringify([gated, activation, vector])}`,
    shader: () => scaleShiftShader(gated, activation, vector ? 'vec4<f32>' : 'f32'),
    params: [vector ? channels / 4 : channels, size / (image[0] ?? 1), size],
    workgroups: spread(1, Math.ceil(size / threads)),
  };
}

const scaleShiftShader = (gated: boolean, activation: ScaleShift['activation'], type: string) => `
${paramsOf(names)}
@group(0) @binding(1) var<storage, read_write> result: array<${type}>;
@group(0) @binding(2) var<storage, read> image: array<${type}>;
@group(0) @binding(3) var<storage, read> entry: array<${type}>;
${gated ? `@group(0) @binding(4) var<storage, read> gate: array<${type}>;` : ''}

${activationFunction('activate', activation, type)}

@compute @workgroup_size(${threads})
fn main(
  @builtin(local_invocation_index) thread: u32,
  @builtin(workgroup_id) workgroup: vec3<u32>,
  @builtin(num_workgroups) workgroups: vec3<u32>,
) {
  let place = i32(workgroup.z * workgroups.y + workgroup.y) * ${threads} + i32(thread);
  if (place >= params.size) { return; }
  let channel = place % params.channels;
  let value = image[place]${gated ? ' * gate[place / params.perImage * params.channels + channel]' : ''};
  result[place] = activate(value * entry[channel] + entry[params.channels + channel]);
}`;
