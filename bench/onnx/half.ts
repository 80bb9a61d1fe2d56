/** The bits of numbers as float16 (IEEE 754 binary16); null where something would be lost. */
export function halfBits(numbers: Float32Array): Uint16Array | null {
  const bits = new Uint16Array(numbers.length);
  const whole = new Uint32Array(numbers.buffer, numbers.byteOffset, numbers.length);
  for (const [at, number] of whole.entries()) {
    const half = halfOf(number);
    if (half === null) return null;
    bits[at] = half;
  }
  return bits;
}

/** Of the bits of a float32. */
function halfOf(number: number): number | null {
  const sign = (number >>> 16) & 0x8000;
  const exponent = ((number >>> 23) & 0xff) - 112;
  const fraction = number & 0x7fffff;
  if ((number & 0x7fffffff) === 0) return sign;
  if (exponent > 0 && exponent < 31)
    return fraction & 0x1fff ? null : sign | (exponent << 10) | (fraction >>> 13);
  if (exponent > 0 || exponent < -10) return null;
  const subnormal = (fraction | 0x800000) / 2 ** (14 - exponent);
  return Number.isInteger(subnormal) ? sign | subnormal : null;
}
