/** A written number with its percent sign. Korean (language "ko" or "ko-KR") sets no space before it; elsewhere `space` stands there. */
export function withPercentSign(written: string, language: string, space = ' '): string {
  return `${written}${language.startsWith('ko') ? '' : space}%`;
}
