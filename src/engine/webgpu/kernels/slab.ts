import type { Slab } from '../../graph/operations';
import { type Program, paramsOf, spread } from '../program';

const threads = 64;

const names = ['channels', 'stride', 'size'] as const;

export const slabShape = ({ channels }: Slab, image: readonly number[]) => [...image.slice(0, -1), channels];

/** An image in front of room for more channels. */
export function slabProgram({ channels: room }: Slab, image: readonly number[]): Program {
  const channels = image.at(-1) ?? 0;
  const vector = channels % 4 === 0 && room % 4 === 0;
  const each = vector ? 4 : 1;
  const size = image.reduce((product, length) => product * length, 1 / each);
  return {
    key: `slab ${vector}`,
    shader: () => slabShader(vector ? 'vec4<f32>' : 'f32'),
    params: [channels / each, room / each, size],
    workgroups: spread(1, Math.ceil(size / threads)),
  };
}

const slabShader = (type: string) => `
${paramsOf(names)}
@group(0) @binding(1) var<storage, read_write> result: array<${type}>;
@group(0) @binding(2) var<storage, read> image: array<${type}>;

@compute @workgroup_size(${threads})
fn main(
  @builtin(local_invocation_index) thread: u32,
  @builtin(workgroup_id) workgroup: vec3<u32>,
  @builtin(num_workgroups) workgroups: vec3<u32>,
) {
  let place = i32(workgroup.z * workgroups.y + workgroup.y) * ${threads} + i32(thread);
  if (place >= params.size) { return; }
  result[place / params.channels * params.stride + place % params.channels] = image[place];
}`;
