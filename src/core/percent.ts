/**
 * A written number with its percent sign. Korean (language "ko" or "ko-KR") sets no space before it;
 * elsewhere it is `space`.
 */
export function withPercentSign(written: string, language: string, space = ' '): string {
  return `${written}${language.startsWith('ko') ? '' : space}%`;
}

/**
 * A probability (0 to 1) in percent, with so many digits after the point. No model is certain: what would
 * round to 100 or to 0 is written ">99 %" or "<1 %", in the last digit that is shown.
 */
export function probabilityInPercent(
  probability: number,
  language: string,
  { digits, space = ' ' }: { digits: number; space?: string },
): string {
  const written = (percent: number) => withPercentSign(percent.toFixed(digits), language, space);
  const least = 10 ** -digits;
  const rounded = Number((100 * probability).toFixed(digits));
  if (rounded >= 100) return `>${written(100 - least)}`;
  if (rounded <= 0) return `<${written(least)}`;
  return written(100 * probability);
}
