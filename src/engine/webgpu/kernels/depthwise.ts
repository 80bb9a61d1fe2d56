import type { Activation, Depthwise } from '../../graph/operations';
import { walk } from '../../graph/window';
import { each, type Program, paramsOf, spread } from '../program';
import { activationFunction } from './activation';

/** Pixels next to each other that a thread computes: they share most of what they see. */
const strip = 4;

/** Threads of a workgroup: across the channels, and along the pixels. */
const threads = { across: 8, along: 8 };

interface DepthwiseVariant {
  vector: boolean;
  size: [number, number];
  strideX: number;
  dilationX: number;
  bias: boolean;
  activation: Activation;
  before: Activation;
}

const names = [
  'channels',
  'imageHeight',
  'imageWidth',
  'resultHeight',
  'resultWidth',
  'strips',
  'lines',
  'strideY',
  'dilationY',
  'top',
  'left',
] as const;

export function depthwiseShape(
  how: Depthwise,
  [count = 0, height = 0, width = 0, channels = 0]: readonly number[],
) {
  const result = walk(how, [height, width]);
  return [count, result.height, result.width, channels];
}

/** Each channel of an image with a filter of its own. Throws where image and filter do not fit. */
export function depthwiseProgram(how: Depthwise, image: readonly number[]): Program {
  const [count = 0, height = 0, width = 0, channels = 0] = image;
  if (image.length !== 4 || channels !== how.channels)
    throw new Error(`a convolution of ${how.channels} channels is given an image of shape ${image}`);
  const result = walk(how, [height, width]);
  const variant: DepthwiseVariant = {
    vector: channels % 4 === 0,
    size: how.size,
    strideX: how.strides[1],
    dilationX: how.dilations[1],
    bias: how.parts.includes('bias'),
    activation: how.activation,
    before: how.before,
  };
  const across = variant.vector ? channels / 4 : channels;
  const strips = Math.ceil(result.width / strip);
  const lines = count * result.height;
  const params: Record<(typeof names)[number], number> = {
    channels: across,
    imageHeight: height,
    imageWidth: width,
    resultHeight: result.height,
    resultWidth: result.width,
    strips,
    lines,
    strideY: how.strides[0],
    dilationY: how.dilations[0],
    top: result.top,
    left: result.left,
  };
  return {
    key: `depthwise ${JSON.stringify(variant)}`,
    shader: () => depthwiseShader(variant),
    params: names.map((name) => params[name]),
    workgroups: spread(Math.ceil(across / threads.across), Math.ceil((lines * strips) / threads.along)),
  };
}

function depthwiseShader({
  vector,
  size,
  strideX,
  dilationX,
  bias,
  activation,
  before,
}: DepthwiseVariant): string {
  const type = vector ? 'vec4<f32>' : 'f32';
  const [height, width] = size;
  const seen = (strip - 1) * strideX + (width - 1) * dilationX + 1;
  return `
${paramsOf(names)}
@group(0) @binding(1) var<storage, read_write> result: array<${type}>;
@group(0) @binding(2) var<storage, read> image: array<${type}>;
@group(0) @binding(3) var<storage, read> weights: array<${type}>;
${bias ? `@group(0) @binding(4) var<storage, read> bias: array<${type}>;` : ''}

${activationFunction('activate', activation, type)}
${activationFunction('before', before, type)}

/** A pixel of a line of the image, whose first pixel is at \`line\`; zeros outside. */
fn pixelAt(line: i32, x: i32, channel: i32) -> ${type} {
  if (x < 0 || x >= params.imageWidth) { return ${type}(0.0); }
  return before(image[(line + x) * params.channels + channel]);
}

fn store(line: i32, x: i32, channel: i32, sum: ${type}) {
  if (x < params.resultWidth) { result[(line + x) * params.channels + channel] = activate(sum); }
}

@compute @workgroup_size(${threads.across}, ${threads.along})
fn main(
  @builtin(local_invocation_id) local: vec3<u32>,
  @builtin(workgroup_id) workgroup: vec3<u32>,
  @builtin(num_workgroups) workgroups: vec3<u32>,
) {
  let channel = i32(workgroup.x) * ${threads.across} + i32(local.x);
  let piece = i32(workgroup.z * workgroups.y + workgroup.y) * ${threads.along} + i32(local.y);
  let line = piece / params.strips;
  if (channel >= params.channels || line >= params.lines) { return; }
  let firstX = (piece % params.strips) * ${strip};
  let count = line / params.resultHeight;
  let top = (line % params.resultHeight) * params.strideY - params.top;
  let left = firstX * ${strideX} - params.left;

  ${each(strip, (i) => `var sum${i} = ${bias ? 'bias[channel]' : `${type}(0.0)`};`)}
  for (var tapY = 0; tapY < ${height}; tapY++) {
    let y = top + tapY * params.dilationY;
    if (y < 0 || y >= params.imageHeight) { continue; }
    let imageLine = (count * params.imageHeight + y) * params.imageWidth;
    ${each(seen, (i) => `let pixel${i} = pixelAt(imageLine, left + ${i}, channel);`)}
    ${each(
      width,
      (tapX) => `let weight${tapX} = weights[(tapY * ${width} + ${tapX}) * params.channels + channel];
    ${each(strip, (i) => `sum${i} += pixel${i * strideX + tapX * dilationX} * weight${tapX};`)}`,
    )}
  }
  let resultLine = line * params.resultWidth;
  ${each(strip, (i) => `store(resultLine, firstX + ${i}, channel, sum${i});`)}
}`;
}
