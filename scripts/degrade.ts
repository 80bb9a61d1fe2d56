/**
 * Photos spoilt in known ways, and pictures that are no photos: what the input gate must find. All RGB, all
 * the same every time.
 */

import { resizeBilinear } from '../src/core/image/resize';
import type { Pixels } from '../src/core/raster';

type Picture = Pixels & { channels: 3; data: Uint8Array };

/**
 * Each channel value of each pixel, changed. `change` gets the value, the channel and the pixel's index; it
 * may leave 0 to 255.
 */
export function mapChannels(photo: Pixels, change: (value: number, channel: number) => number): Picture {
  const { width, height, channels, data: from } = photo;
  const data = new Uint8Array(width * height * 3);
  for (let pixel = 0; pixel < width * height; pixel++) {
    for (let channel = 0; channel < 3; channel++) {
      const value = change(from[pixel * channels + channel] ?? 0, channel);
      data[3 * pixel + channel] = Math.round(Math.min(255, Math.max(0, value)));
    }
  }
  return { width, height, channels: 3, data };
}

/** Gaussian blur with the standard deviation `sigma` in pixels; edges are carried on. */
export function blurred(photo: Pixels, sigma: number): Picture {
  const { width, height } = photo;
  const reach = Math.ceil(3 * sigma);
  const weights = Float64Array.from({ length: 2 * reach + 1 }, (_, i) =>
    Math.exp(-(((i - reach) / sigma) ** 2) / 2),
  );
  const sum = weights.reduce((total, weight) => total + weight, 0);
  let values = Float32Array.from(mapChannels(photo, (value) => value).data);
  for (const [length, step, lines, lineStep] of [
    [width, 3, height, 3 * width],
    [height, 3 * width, width, 3],
  ] as const) {
    const next = new Float32Array(values.length);
    for (let line = 0; line < lines; line++) {
      for (let place = 0; place < length; place++) {
        let [red, green, blue] = [0, 0, 0];
        for (let tap = -reach; tap <= reach; tap++) {
          const at = line * lineStep + Math.min(length - 1, Math.max(0, place + tap)) * step;
          const weight = weights[tap + reach] as number;
          red += weight * (values[at] as number);
          green += weight * (values[at + 1] as number);
          blue += weight * (values[at + 2] as number);
        }
        next.set([red / sum, green / sum, blue / sum], line * lineStep + place * step);
      }
    }
    values = next;
  }
  return { width, height, channels: 3, data: Uint8Array.from(values, Math.round) };
}

export function reduced(photo: Pixels, side: number): Picture {
  const scale = side / Math.min(photo.width, photo.height);
  const [width, height] = [Math.round(photo.width * scale), Math.round(photo.height * scale)];
  const whole = { left: 0, top: 0, width: photo.width, height: photo.height };
  return { width, height, channels: 3, data: resizeBilinear(photo, whole, width, height) };
}

/** Contrast around the photo's own mean, times `factor`. */
export function flattened(photo: Pixels, factor: number): Picture {
  const means = [0, 1, 2].map((channel) => {
    let sum = 0;
    for (let at = channel; at < photo.data.length; at += photo.channels) sum += photo.data[at] ?? 0;
    return sum / (photo.width * photo.height);
  });
  return mapChannels(photo, (value, channel) => {
    const mean = means[channel] ?? 0;
    return mean + factor * (value - mean);
  });
}

/**
 * The photo with each channel scaled so that its median becomes `tone`: the same picture on skin of another
 * tone, roughly. A camera exposes light skin to no more than about 180, so lighter tones are taken down to
 * that.
 */
export function inTone(photo: Pixels, tone: readonly [number, number, number]): Picture {
  const exposure = Math.min(1, 180 / (0.299 * tone[0] + 0.587 * tone[1] + 0.114 * tone[2]));
  const scales = [0, 1, 2].map((channel) => {
    const values = photo.data.filter((_, at) => at % photo.channels === channel).sort();
    return (exposure * (tone[channel] ?? 0)) / Math.max(1, values[values.length >> 1] ?? 1);
  });
  return mapChannels(photo, (value, channel) => value * (scales[channel] ?? 1));
}

/** The ten skin tones of the Monk scale (Monk, 2023; published by Google under CC BY 4.0), lightest first. */
export const monkTones = [
  [246, 237, 228],
  [243, 231, 219],
  [247, 234, 208],
  [234, 218, 186],
  [215, 189, 150],
  [160, 126, 86],
  [130, 92, 67],
  [96, 65, 52],
  [58, 49, 42],
  [41, 36, 32],
] as const satisfies readonly (readonly [number, number, number])[];
