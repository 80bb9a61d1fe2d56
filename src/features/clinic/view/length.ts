import { formatNumber } from '../../../ui/format';

/** A length of pixels in millimetres where a scale is known ("4.2 mm"), in pixels otherwise ("312 px"). */
export function formatLength(pixels: number, scale: number | null, language: string): string {
  if (scale === null) return `${formatNumber(pixels, language)}\u00a0px`;
  return `${formatNumber(pixels * scale, language, 1)}\u00a0mm`;
}
