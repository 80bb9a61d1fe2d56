/** Linear light of each 8-bit sRGB value (IEC 61966-2-1), 0 to 1. */
const linear = Float64Array.from({ length: 256 }, (_, value) => {
  const v = value / 255;
  return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
});

/** L* 0 to 100; a* (green to red) and b* (blue to yellow) some -110 to 110. */
export type Lab = [lightness: number, a: number, b: number];

/** 8-bit sRGB to CIELAB under D65 (CIE 15:2004). */
export function labOf(red: number, green: number, blue: number): Lab {
  const [r, g, b] = [linear[red] ?? 0, linear[green] ?? 0, linear[blue] ?? 0];
  const x = compress((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047);
  const y = compress(0.2126729 * r + 0.7151522 * g + 0.072175 * b);
  const z = compress((0.0193339 * r + 0.119192 * g + 0.9503041 * b) / 1.08883);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

/** Colour difference of CIE 1976: the distance in CIELAB. About 2 is just seen. */
export function deltaE(first: Lab, other: Lab): number {
  return Math.hypot(first[0] - other[0], first[1] - other[1], first[2] - other[2]);
}

function compress(t: number): number {
  return t > (6 / 29) ** 3 ? Math.cbrt(t) : t / (3 * (6 / 29) ** 2) + 4 / 29;
}
