import type { z } from 'zod';
import type { GraphNode } from './graph';
import type { attributeSchema } from './node-schema';

/** What a node's attributes say; `attributeSchema` has checked those of a file. */

type AttributeValue = z.infer<typeof attributeSchema>;

const attribute = ({ attr }: GraphNode, name: string) => attr?.[name] as AttributeValue | undefined;

/** Empty where it is absent. */
export const integers = (node: GraphNode, name: string): number[] =>
  (attribute(node, name)?.list?.i ?? []).map(Number);

/** Null where it is absent. */
export function text(node: GraphNode, name: string): string | null {
  const value = attribute(node, name)?.s;
  return value === undefined ? null : atob(value);
}

/** Empty where it is absent. */
export const texts = (node: GraphNode, name: string): string[] =>
  (attribute(node, name)?.list?.s ?? []).map(atob);

export const flag = (node: GraphNode, name: string): boolean => attribute(node, name)?.b ?? false;

/** Of a placeholder, -1 for a length that is not fixed; null where nothing is said. */
export function placeholderShape(node: GraphNode): number[] | null {
  return attribute(node, 'shape')?.shape?.dim?.map(({ size }) => Number(size)) ?? null;
}

const list = (...numbers: number[]) => ({ list: { i: numbers.map(String) } });

/**
 * Of a convolution, one pixel after the other, with zeros around as they are given (none otherwise) and what
 * is fused into it.
 */
export function windowAttributes({
  fused,
  padding: { top, left, bottom, right } = { top: 0, left: 0, bottom: 0, right: 0 },
}: {
  fused: string[];
  padding?: { top: number; left: number; bottom: number; right: number };
}): Record<string, unknown> {
  return {
    T: { type: 'DT_FLOAT' },
    strides: list(1, 1, 1, 1),
    dilations: list(1, 1, 1, 1),
    data_format: { s: btoa('NHWC') },
    padding: { s: btoa('EXPLICIT') },
    explicit_paddings: list(0, 0, top, bottom, left, right, 0, 0),
    fused_ops: { list: { s: fused.map((name) => btoa(name)) } },
    num_args: { i: '1' },
    epsilon: { f: 0 },
  };
}
