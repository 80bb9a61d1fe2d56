import { constant } from '../graph/editor';
import { type Graph, type GraphNode, sizeOf, type Weight } from '../graph/graph';
import { type Size, SizeProblem } from '../graph/size-rules';
import { sizeOfNode } from '../graph/sizes';
import { placeholder } from './attributes';
import { ImportProblem } from './problem';

/** A network has some hundreds of nodes; a file that asks for more than this is none. */
const mostNodes = 20_000;

/**
 * A graph while another format is translated to it, node after node. The shape of every node is known at
 * once, for one image, and a node that does not fit its inputs is refused. Images are NHWC.
 */
export class GraphBuilder {
  readonly weights = new Map<string, Weight>();
  private readonly nodes = new Map<string, GraphNode>();
  private readonly sizes = new Map<string, Size>();
  private readonly fed = new Map<string, readonly number[]>();
  private readonly shared = new Map<string, string>();

  /** The path of what is translated now, for messages. */
  path = '';

  /** `shape`: with 1 for the number of images. */
  input(wanted: string, shape: readonly number[]): string {
    const name = this.unusedName(wanted);
    this.fed.set(name, shape);
    return this.put(placeholder(name, [-1, ...shape.slice(1)]));
  }

  /** Gives the name that the node has, which is not always the one that was wanted. */
  add(op: string, wanted: string, input: readonly string[], attr: Record<string, unknown> = {}): string {
    const name = this.unusedName(wanted);
    return this.put({ name, op, input: [...input], attr: { T: { type: 'DT_FLOAT' }, ...attr } });
  }

  floats(wanted: string, shape: readonly number[], values: Float32Array): string {
    return this.constant(wanted, { shape: [...shape], dtype: 'float32', after: 0, values: () => values });
  }

  /** One number, the same node for all that need it. */
  number(value: number): string {
    return this.once(`number/${value}`, (name) => this.floats(name, [], Float32Array.of(value)));
  }

  /** Axes, lengths and the like, the same node for all that need them. */
  integers(values: readonly number[]): string {
    return this.once(`integers/${values}`, (name) =>
      this.constant(name, integerWeight([values.length], values)),
    );
  }

  /** Whole numbers in a shape of their own: how much is put around each axis. */
  wholeNumbers(values: readonly number[], shape: readonly number[]): string {
    return this.once(`integers/${shape}/${values}`, (name) =>
      this.constant(name, integerWeight([...shape], values)),
    );
  }

  /** One whole number: an axis. */
  integer(value: number): string {
    return this.once(`integer/${value}`, (name) => this.constant(name, integerWeight([], [value])));
  }

  /** For one image. */
  shape(name: string): readonly number[] {
    const size = this.sizes.get(name);
    if (!size) throw new ImportProblem(this.path, `needs "${name}", which is not there`);
    return size.shape;
  }

  node(name: string | undefined): GraphNode | undefined {
    return name === undefined ? undefined : this.nodes.get(name);
  }

  /** `outputs`: names of nodes; what they do not need stays in. */
  graph(outputs: readonly string[]): Graph {
    return { nodes: [...this.nodes.values()], weights: this.weights, outputs: new Set(outputs) };
  }

  /** A constant as another format stores it. */
  weight(wanted: string, weight: Weight): string {
    return this.constant(wanted, weight);
  }

  private constant(wanted: string, weight: Weight): string {
    const name = this.unusedName(wanted);
    this.weights.set(name, weight);
    return this.put(constant([name, weight]));
  }

  private once(key: string, make: (name: string) => string): string {
    const known = this.shared.get(key) ?? make(key.slice(0, 60));
    this.shared.set(key, known);
    return known;
  }

  private put(node: GraphNode): string {
    if (this.nodes.size >= mostNodes)
      throw new ImportProblem(this.path, `makes more than ${mostNodes} nodes of the network`, 'too-large');
    const inputs = (node.input ?? []).map((name) => {
      this.shape(name);
      return this.sizes.get(name) as Size;
    });
    this.sizes.set(node.name, this.sizeOf(node, inputs));
    this.nodes.set(node.name, node);
    return node.name;
  }

  private sizeOf(node: GraphNode, inputs: readonly Size[]): Size {
    try {
      const size = sizeOfNode(node, inputs, this, this.fed);
      if (size.shape.every((length) => Number.isInteger(length) && length > 0)) return size;
      throw new SizeProblem(`gives the shape [${size.shape}]`);
    } catch (error) {
      if (error instanceof SizeProblem) throw new ImportProblem(this.path, `(${node.op}) ${error.message}`);
      throw error;
    }
  }

  /** TensorFlow reads `:1` and `^` in a name as something else. */
  private unusedName(wanted: string): string {
    const plain = wanted.replace(/[^\w./-]+/g, '_').replace(/^[^\w]+/, '') || 'node';
    let name = plain;
    for (let count = 1; this.nodes.has(name); count++) name = `${plain}_${count}`;
    return name;
  }
}

function integerWeight(shape: number[], values: readonly number[]): Weight {
  const numbers = Int32Array.from(values);
  if (sizeOf(shape) !== numbers.length) throw new Error('a shape that is not that of its numbers');
  return { shape, dtype: 'int32', after: 0, values: () => numbers };
}
