/** By itself, so that the page knows what was dropped before it fetches what reads it. */
export function mayBeForeign(names: readonly string[]): boolean {
  if (names.includes('card.json')) return false;
  return names.includes('model.json') || names.some(isOnnx);
}

export const isOnnx = (name: string): boolean => /\.onnx$/i.test(name);
