import type { Average } from '../../graph/operations';
import { type Program, paramsOf, spread } from '../program';

/** Threads of a workgroup: across the channels, and along the pixels that they share out. */
const threads = { across: 8, along: 32 };

const names = ['channels', 'pixels', 'images'] as const;

export function averageShape({ keepsSides }: Average, image: readonly number[]): number[] {
  return image.flatMap((length, axis) =>
    axis === 0 || axis === image.length - 1 ? [length] : keepsSides ? [1] : [],
  );
}

/** The mean over everything between the first and the last axis. */
export function averageProgram(image: readonly number[]): Program {
  const images = image[0] ?? 0;
  const channels = image.at(-1) ?? 0;
  const pixels = image.slice(1, -1).reduce((product, length) => product * length, 1);
  const vector = channels % 4 === 0;
  const across = vector ? channels / 4 : channels;
  return {
    key: `average ${vector}`,
    shader: () => averageShader(vector ? 'vec4<f32>' : 'f32'),
    params: [across, pixels, images],
    workgroups: spread(Math.ceil(across / threads.across), images),
  };
}

const averageShader = (type: string) => `
${paramsOf(names)}
@group(0) @binding(1) var<storage, read_write> result: array<${type}>;
@group(0) @binding(2) var<storage, read> image: array<${type}>;

var<workgroup> sums: array<${type}, ${threads.across * threads.along}>;

@compute @workgroup_size(${threads.across}, ${threads.along})
fn main(
  @builtin(local_invocation_id) local: vec3<u32>,
  @builtin(workgroup_id) workgroup: vec3<u32>,
  @builtin(num_workgroups) workgroups: vec3<u32>,
) {
  let channel = i32(workgroup.x) * ${threads.across} + i32(local.x);
  let count = i32(workgroup.z * workgroups.y + workgroup.y);
  let valid = channel < params.channels && count < params.images;
  var sum = ${type}(0.0);
  if (valid) {
    for (var pixel = i32(local.y); pixel < params.pixels; pixel += ${threads.along}) {
      sum += image[(count * params.pixels + pixel) * params.channels + channel];
    }
  }
  let place = i32(local.y) * ${threads.across} + i32(local.x);
  sums[place] = sum;
  for (var half = ${threads.along / 2}; half >= 1; half /= 2) {
    workgroupBarrier();
    if (i32(local.y) < half) { sums[place] += sums[place + half * ${threads.across}]; }
  }
  if (valid && local.y == 0u) {
    result[count * params.channels + channel] = sums[place] / f32(params.pixels);
  }
}`;
