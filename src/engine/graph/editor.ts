import type { Graph, GraphNode, Weight } from './graph';
import { prune, sourcesOf } from './prune';
import type { Shape } from './shape-rules';
import { inferShapes } from './shapes';

/** A graph while a rewrite changes a copy of it: who reads what, and what of what shape. */
export class Editor {
  private readonly byName: Map<string, GraphNode>;
  private readonly readersOf = new Map<string, GraphNode[]>();
  private readonly added = new Map<string, Weight>();
  private inferred: Map<string, Shape> | null = null;

  constructor(private readonly before: Graph) {
    this.byName = new Map(before.nodes.map((node) => [node.name, node]));
    for (const node of before.nodes) this.addReader(node);
  }

  /** As it is now; undefined if there is none of that name. */
  node(name: string | undefined): GraphNode | undefined {
    return name === undefined ? undefined : this.byName.get(name);
  }

  weight(name: string | undefined): Weight | undefined {
    return name === undefined ? undefined : (this.added.get(name) ?? this.before.weights.get(name));
  }

  /** Of a node of the graph as it was at first; undefined where it cannot be known. */
  shape(name: string): Shape | undefined {
    this.inferred ??= inferShapes(this.before);
    return this.inferred.get(name);
  }

  isOutput(name: string): boolean {
    return this.before.outputs.has(name);
  }

  readers(name: string): GraphNode[] {
    return this.readersOf.get(name) ?? [];
  }

  /**
   * The node that alone reads a value, so that both can become one node; undefined where others need it too,
   * or the outside does.
   */
  onlyReader(name: string): GraphNode | undefined {
    const readers = this.readers(name);
    return readers.length === 1 && !this.isOutput(name) ? readers[0] : undefined;
  }

  /** Puts a node in the place of the one of its name. */
  replace(node: GraphNode): void {
    const earlier = this.byName.get(node.name);
    for (const source of sourcesOf(earlier)) {
      const others = this.readers(source).filter(({ name }) => name !== node.name);
      this.readersOf.set(source, others);
    }
    this.byName.set(node.name, node);
    this.addReader(node);
  }

  /** A node or weight beside the others; a weight needs no node of its own here. */
  add(name: string, weight: Weight): void {
    this.added.set(name, weight);
  }

  /** The graph as it is now, without what nobody reads any more. */
  finish(): Graph {
    const weights = new Map([...this.before.weights, ...this.added]);
    const nodes = [...this.byName.values()];
    const absent = [...this.added].filter(([name]) => !this.byName.has(name));
    return prune({ ...this.before, nodes: [...absent.map(constant), ...nodes], weights });
  }

  private addReader(node: GraphNode): void {
    for (const source of new Set(sourcesOf(node)))
      this.readersOf.set(source, [...this.readers(source), node]);
  }
}

/** The node that stands for a weight. */
export function constant([name, { shape, dtype }]: [string, Pick<Weight, 'shape' | 'dtype'>]): GraphNode {
  const type = dtype === 'int32' ? 'DT_INT32' : 'DT_FLOAT';
  const tensorShape = { dim: shape.map((size) => ({ size: String(size) })) };
  const value = { tensor: { dtype: type, tensorShape } };
  return { name, op: 'Const', attr: { dtype: { type }, value } };
}
