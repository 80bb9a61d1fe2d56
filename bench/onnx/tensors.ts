import { type Graph, type GraphNode, sizeOf, type Weight } from '../../src/engine/graph/graph';
import type { Shape } from '../../src/engine/graph/shape-rules';
import { inferShapes } from '../../src/engine/graph/shapes';
import type { OnnxFile } from './file';
import { halfBits } from './half';

/** From NHWC to NCHW, and back. */
export const forth = [0, 3, 1, 2];
const back = [0, 2, 3, 1];

/**
 * The tensors of a graph by the names that they have in an ONNX file, images with their channels first,
 * constants in as few bytes.
 */
export class Tensors {
  private readonly shapes: Map<string, Shape>;
  private readonly nodes: Map<string, GraphNode>;
  /** What of the graph is an image with its channels first. */
  private readonly images = new Set<string>();
  /** Nodes that were written beside those of the graph. */
  private readonly written = new Set<string>();

  constructor(
    private readonly graph: Graph,
    readonly file: OnnxFile,
  ) {
    this.shapes = inferShapes(graph);
    this.nodes = new Map(graph.nodes.map((node) => [node.name, node]));
  }

  isImage(name: string): boolean {
    return this.images.has(name);
  }

  /** Remembers that a tensor has its channels first. */
  image(name: string): void {
    this.images.add(name);
  }

  isConstant(name: string): boolean {
    return this.graph.weights.has(name);
  }

  asIs(name: string): string {
    return this.isConstant(name) ? this.constant(name) : name;
  }

  asImage(name: string): string {
    if (this.images.has(name)) return name;
    return this.once(`${name}/image`, (image) =>
      this.file.node('Transpose', image, [this.asIs(name)], { perm: forth }),
    );
  }

  /** As the graph has it. */
  asPlain(name: string): string {
    const node = this.nodes.get(name);
    if (node && this.isProduct(node)) return this.product(node, (weight) => weight, []);
    if (!this.images.has(name)) return this.asIs(name);
    return this.once(`${name}/plain`, (plain) => this.file.node('Transpose', plain, [name], { perm: back }));
  }

  /** With its last two axes changed. */
  turned(name: string): string {
    const rank = this.rank(name);
    const perm = Array.from({ length: rank }, (_, axis) => axis);
    perm.splice(-2, 2, rank - 1, rank - 2);
    return this.once(`${name}/turned`, (turned) =>
      this.file.node('Transpose', turned, [this.asPlain(name)], { perm }),
    );
  }

  /** A product of two constants, one of them in bytes: onnxruntime computes it when it loads. */
  isProduct({ op, input = [] }: GraphNode): boolean {
    return op === 'Mul' && input.length === 2 && input.every((name) => this.isConstant(name));
  }

  /** [channels out, channels in, height, width]; [channels, 1, height, width] for each channel by itself. */
  filter(name: string, depthwise: boolean): string {
    const order = depthwise ? [2, 3, 0, 1] : [3, 2, 0, 1];
    const turn = (weight: Weight) => permuted(weight, order);
    const node = this.nodes.get(name);
    if (node && this.isProduct(node)) return this.product(node, turn, depthwise ? [] : [1, 1, 1]);
    return this.floats(`${name}/filter`, turn(this.weight(name)));
  }

  constant(name: string): string {
    const weight = this.weight(name);
    if (weight.dtype === 'int32') return this.file.integers(name, [...weight.values()]);
    return this.floats(`${name}/constant`, weight);
  }

  /** A number for each channel, or one for all, beside images. */
  perChannel(name: string): string {
    const { shape, values } = this.weight(name);
    const size = sizeOf(shape);
    if (size !== 1 && size !== shape.at(-1)) throw new Error(`${name}: not one number a channel`);
    return this.file.constant(`${name}/channels`, 'float32', size === 1 ? [] : [size, 1, 1], values());
  }

  float(name: string, value: number): string {
    return this.file.constant(name, 'float32', [], Float32Array.of(value));
  }

  /** The values of a constant. */
  numbers(name: string): number[] {
    return [...this.weight(name).values()];
  }

  shape(name: string): Shape {
    return this.shapes.get(name) ?? [];
  }

  /** Known for more than shapes are. */
  rank(name: string): number {
    const known = this.shapes.get(name)?.length;
    if (known !== undefined) return known;
    const { op = '', input = [] } = this.nodes.get(name) ?? {};
    if (op === 'Reshape') return this.numbers(input[1] ?? '').length;
    if (op === 'MatMul' || op === '_FusedMatMul') return 2;
    if (input[0] === undefined) throw new Error(`${name}: of unknown rank`);
    return this.rank(input[0]);
  }

  private weight(name: string): Weight {
    const weight = this.graph.weights.get(name);
    if (!weight) throw new Error(`${name}: no constant`);
    return weight;
  }

  private once(name: string, write: (name: string) => string): string {
    if (!this.written.has(name)) write(name);
    this.written.add(name);
    return name;
  }

  private product(
    { name, input = [] }: GraphNode,
    turn: (weight: Weight) => Weight,
    behind: number[],
  ): string {
    return this.once(`${name}/product`, (product) => {
      const [stored, factors] = input.map((constant) => this.weight(constant)) as [Weight, Weight];
      const { bytes, shape } = turn(stored);
      if (!bytes) throw new Error(`${name}: two constants without bytes`);
      const raw = this.file.constant(`${name}/bytes`, 'uint8', shape, bytes.read());
      const cast = this.file.node('Cast', `${name}/cast`, [raw], { to: 1 });
      const moved = this.file.node('Add', `${name}/moved`, [cast, this.float(`${name}/min`, bytes.min)]);
      const length = [sizeOf(factors.shape), ...behind];
      const each = this.file.constant(`${name}/factors`, 'float32', length, factors.values());
      return this.file.node('Mul', product, [moved, each]);
    });
  }

  /** In half as many bytes where nothing is lost by it, as packages store it. */
  private floats(name: string, { shape, values }: Weight): string {
    return this.once(name, () => {
      const floats = values() as Float32Array;
      const halves = sizeOf(shape) > 1000 ? halfBits(floats) : null;
      if (!halves) return this.file.constant(name, 'float32', shape, floats);
      const stored = this.file.constant(`${name}/halves`, 'float16', shape, halves);
      return this.file.node('Cast', name, [stored], { to: 1 });
    });
  }
}

/** A constant with its axes in another order, its bytes too where it is stored in bytes. */
function permuted(weight: Weight, order: readonly number[]): Weight {
  const shape = order.map((axis) => weight.shape[axis] as number);
  const places = placesOf(weight.shape, order);
  const from = <Numbers extends Float32Array | Int32Array | Uint8Array>(numbers: Numbers): Numbers => {
    const turned = numbers.slice() as Numbers;
    for (let at = 0; at < turned.length; at++) turned[at] = numbers[places[at] as number] as number;
    return turned;
  };
  const { bytes } = weight;
  return {
    ...weight,
    shape,
    values: () => from(weight.values()),
    ...(bytes ? { bytes: { ...bytes, read: () => from(bytes.read()) } } : {}),
  };
}

/** For each number of the new order, where it was. */
function placesOf(shape: readonly number[], order: readonly number[]): Uint32Array {
  const strides = shape.map((_, axis) => sizeOf(shape.slice(axis + 1)));
  const places = new Uint32Array(sizeOf(shape));
  for (let at = 0; at < places.length; at++) {
    let rest = at;
    for (let axis = order.length - 1; axis >= 0; axis--) {
      const from = order[axis] as number;
      const length = shape[from] as number;
      places[at] = (places[at] as number) + (rest % length) * (strides[from] as number);
      rest = Math.floor(rest / length);
    }
  }
  return places;
}
