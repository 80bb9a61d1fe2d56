import { type ConvolutionVariant, stepsAtOnce } from './convolution-variant';

/**
 * The rows of a doubled image are those of the small one, and `phase` says which of the four pixels of each
 * is computed.
 */
export function rowFunction({ pointwise, doubled }: ConvolutionVariant): string {
  if (pointwise) {
    return `
fn rowAt(row: i32) -> Row { return Row(row < params.pixels, row / (params.resultHeight * params.resultWidth), row, 0); }`;
  }
  return `
fn rowAt(row: i32) -> Row {
  let x = row % params.resultWidth;
  let line = row / params.resultWidth;
  let y = line % params.resultHeight;
  return Row(
    row < params.pixels,
    line / params.resultHeight,
    y * params.strideY - params.top${doubled ? ' + phase / 2' : ''},
    x * params.strideX - params.left${doubled ? ' + phase % 2' : ''},
  );
}`;
}

/**
 * Where a step is in the filter. For vectors it is 4 channels of one tap; one channel at a time, four of them
 * may belong to several taps.
 */
export function tapFunctions({ tile, pointwise, vectorIn }: ConvolutionVariant): string {
  const strip = stepsAtOnce * tile.splits;
  if (pointwise || !vectorIn) {
    return `
struct Tap { step: i32 }
fn tapAt(step: i32) -> Tap { return Tap(step); }
fn advance(tap: ptr<function, Tap>) { (*tap).step += ${strip}; }`;
  }
  return `
struct Tap {
  channel: i32,
  y: i32,
  x: i32,
}
fn tapAt(step: i32) -> Tap {
  let channels = params.channelsIn / 4;
  let tap = step / channels;
  return Tap(step % channels, tap / params.kernelWidth, tap % params.kernelWidth);
}
/** To where the thread loads next, without a division. */
fn advance(tap: ptr<function, Tap>) {
  (*tap).channel += ${strip};
  while ((*tap).channel >= params.channelsIn / 4) {
    (*tap).channel -= params.channelsIn / 4;
    (*tap).x += 1;
    if ((*tap).x == params.kernelWidth) {
      (*tap).x = 0;
      (*tap).y += 1;
    }
  }
}`;
}

/** What a row has at a tap; zeros outside of the image. */
export function imageFunction(variant: ConvolutionVariant): string {
  if (!variant.vectorIn) return scalarImageFunction(variant);
  if (variant.pointwise) {
    return `
fn imageAt(row: Row, tap: Tap) -> vec4<f32> {
  let channel = tap.step;
  if (!row.valid || channel >= params.steps) { return vec4<f32>(0.0); }
  let value = image[row.y * params.imageStride + channel];
  return ${entered(variant, 'params.channelsIn / 4')};
}`;
  }
  return `
fn imageAt(row: Row, tap: Tap) -> vec4<f32> {
  let channel = tap.channel;
  let y = row.y + tap.y * params.dilationY;
  let x = row.x + tap.x * params.dilationX;
  let inside = y >= 0 && y < params.imageHeight && x >= 0 && x < params.imageWidth;
  if (!row.valid || !inside || tap.y >= params.kernelHeight) { return vec4<f32>(0.0); }
  let value = image[((row.count * params.imageHeight + y) * params.imageWidth + x) * params.imageStride + channel];
  return ${entered(variant, 'params.channelsIn / 4')};
}`;
}

function scalarImageFunction(variant: ConvolutionVariant): string {
  return `
fn numberAt(row: Row, place: i32) -> f32 {
  if (!row.valid || place >= params.depth) { return 0.0; }
  let channel = place % params.channelsIn;
  ${
    variant.pointwise
      ? 'let value = image[row.y * params.imageStride + channel];'
      : `let tap = place / params.channelsIn;
  let y = row.y + tap / params.kernelWidth * params.dilationY;
  let x = row.x + tap % params.kernelWidth * params.dilationX;
  if (y < 0 || y >= params.imageHeight || x < 0 || x >= params.imageWidth) { return 0.0; }
  let value = image[((row.count * params.imageHeight + y) * params.imageWidth + x) * params.imageStride + channel];`
  }
  return ${entered(variant, 'params.channelsIn')};
}

fn imageAt(row: Row, tap: Tap) -> vec4<f32> {
  var numbers: vec4<f32>;
  for (var i = 0; i < 4; i++) { numbers[i] = numberAt(row, 4 * tap.step + i); }
  return numbers;
}`;
}

/** An expression: what the filter is multiplied by, of a `value` in the image at `channel`. */
function entered({ entry, gate }: ConvolutionVariant, channels: string): string {
  const scaled = entry ? `value * entry[channel] + entry[${channels} + channel]` : 'value';
  return `before(${scaled})${gate ? ` * gate[row.count * (${channels}) + channel]` : ''}`;
}
