import type { Size } from '../../../core/geometry';

/**
 * The scale of a device, measured once on a ruler and kept under a name. It holds for every photo of the same
 * device at the same setting, at whatever size the photo was saved.
 */
export interface ScalePreset {
  name: string;
  /** Millimetres a pixel, on a photo of this width and height. */
  scale: number;
  width: number;
  height: number;
}

/** Of the two ratios of width to height; photos that were cut afterwards differ by more. */
const tolerance = 0.01;

/** Millimetres a pixel of a photo of this size; null for a photo of another shape, which was cut. */
export function scaleBy({ scale, width, height }: ScalePreset, photo: Size): number | null {
  const alike = (a: Size, b: Size) => Math.abs((a.width * b.height) / (a.height * b.width) - 1) <= tolerance;
  if (alike({ width, height }, photo)) return (scale * width) / photo.width;
  // Held upright instead of across.
  if (alike({ width: height, height: width }, photo)) return (scale * height) / photo.width;
  return null;
}

/** With this one, in place of one of the same name, in the order of the names. */
export function withPreset(presets: readonly ScalePreset[], preset: ScalePreset): ScalePreset[] {
  const others = presets.filter(({ name }) => name !== preset.name);
  return [...others, preset].sort((a, b) => a.name.localeCompare(b.name));
}

/** What this browser kept, without what is no preset. */
export function readPresets(text: string | undefined): ScalePreset[] {
  try {
    const found: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(found) ? found.filter(isPreset) : [];
  } catch {
    return [];
  }
}

function isPreset(value: unknown): value is ScalePreset {
  const { name, scale, width, height } = (value ?? {}) as Record<string, unknown>;
  const lengths = [scale, width, height];
  return (
    typeof name === 'string' &&
    lengths.every((length) => typeof length === 'number' && Number.isFinite(length) && length > 0)
  );
}
