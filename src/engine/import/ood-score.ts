import type { OodDetector } from '../../core/evaluation/ood-fit';
import { constant } from '../graph/editor';
import type { Graph, GraphNode, Weight } from '../graph/graph';
import { flag } from './attributes';

/** The node of a package's output `ood`. */
export const oodName = 'lentigo/ood';

/**
 * The graph with a score of unusual photos beside its answer, [n, 1], in the operations that our exporter
 * writes. `features`: the node of [n, width] that the detector was fitted on.
 */
export function withOodScore(
  graph: Graph,
  features: string,
  { projection, means, width, dimension }: OodDetector,
): Graph {
  const at = (part: string) => `${oodName}/${part}`;
  const weights = new Map<string, Weight>([
    [at('projection'), floats([width, dimension], projection)],
    [at('means'), floats([1, means.length / dimension, dimension], means)],
    [at('row'), integers([-1, 1, dimension])],
    [at('last'), integers([2])],
    [at('classes'), integers([1])],
  ]);
  const node = (
    op: string,
    name: string,
    input: string[],
    attr: Record<string, unknown> = {},
  ): GraphNode => ({ name, op, input, attr: { T: { type: 'DT_FLOAT' }, ...attr } });
  const plain = { transpose_a: flag(false), transpose_b: flag(false) };
  return {
    nodes: [
      ...graph.nodes,
      ...[...weights].map(constant),
      node('MatMul', at('projected'), [features, at('projection')], plain),
      node('Reshape', at('rows'), [at('projected'), at('row')]),
      node('Sub', at('differences'), [at('rows'), at('means')]),
      node('Square', at('squares'), [at('differences')]),
      node('Sum', at('distances'), [at('squares'), at('last')], { keep_dims: flag(false) }),
      node('Min', oodName, [at('distances'), at('classes')], { keep_dims: flag(true) }),
    ],
    weights: new Map([...graph.weights, ...weights]),
    outputs: new Set([...graph.outputs, oodName]),
  };
}

const floats = (shape: number[], values: Float32Array): Weight => ({
  shape,
  dtype: 'float32',
  after: 0,
  values: () => values,
});

const integers = (values: number[]): Weight => ({
  shape: [values.length],
  dtype: 'int32',
  after: 0,
  values: () => Int32Array.from(values),
});
