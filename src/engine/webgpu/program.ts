/** One of our kernels: WGSL that is made for a variant of it, and its parameters. */
export interface Program {
  /** Says which variant it is: the same key, the same shader. */
  key: string;
  shader: () => string;
  /** The numbers of its `Params`, in order. */
  params: readonly number[];
  workgroups: readonly [x: number, y: number, z: number];
}

/** More than that many workgroups along one axis no device has to accept. */
const maxAlong = 65535;

/**
 * Workgroups for `count` pieces of work along y, the rest of them along z, `layers` times over. `piece` in
 * WGSL finds them again.
 */
export function spread(x: number, count: number, layers = 1): Program['workgroups'] {
  const deep = Math.ceil(count / maxAlong);
  return [x, Math.ceil(count / deep), deep * layers];
}

/** A snippet once for each number from 0 up. */
export const each = (count: number, snippet: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => snippet(index)).join('\n');

/** A struct of whole numbers by these names, and what is declared of it. */
export function paramsOf(names: readonly string[]): string {
  return `
struct Params {
${names.map((name) => `  ${name}: i32,`).join('\n')}
}
@group(0) @binding(0) var<uniform> params: Params;`;
}
