import { Message } from './protobuf';

/**
 * An ONNX file while it is put together. Field numbers:
 * https://github.com/onnx/onnx/blob/main/onnx/onnx.proto
 */

/** The set of operators that the files are written for. */
const opset = 17;

export type Attribute = number | string | readonly number[] | { float: number };

const types = { float32: 1, uint8: 2, int64: 7, float16: 10 } as const;

export class OnnxFile {
  private readonly graph = new Message().text(2, 'network');
  private readonly names = new Set<string>();

  /** A node with one output, by whose name it is called. */
  node(
    op: string,
    name: string,
    inputs: readonly string[],
    attributes: Record<string, Attribute> = {},
  ): string {
    const node = new Message();
    for (const input of inputs) node.text(1, input);
    node.text(2, name).text(3, name).text(4, op);
    for (const [key, value] of Object.entries(attributes)) node.message(5, attribute(key, value));
    this.graph.message(1, node);
    return name;
  }

  /** A constant; one that is there already is not written again. */
  constant(
    name: string,
    type: keyof typeof types,
    shape: readonly number[],
    values: ArrayBufferView,
  ): string {
    if (this.names.has(name)) return name;
    this.names.add(name);
    const tensor = new Message();
    for (const length of shape) tensor.number(1, length);
    tensor.number(2, types[type]).text(8, name);
    tensor.bytes(9, new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
    this.graph.message(5, tensor);
    return name;
  }

  integers(name: string, values: readonly number[]): string {
    return this.constant(name, 'int64', [values.length], BigInt64Array.from(values, BigInt));
  }

  /** -1 is a length that is not fixed. */
  input(name: string, shape: readonly number[]): void {
    this.graph.message(11, valueInfo(name, shape));
  }

  /** Of whatever shape comes out. */
  output(name: string): void {
    this.graph.message(12, valueInfo(name, null));
  }

  encoded(): Uint8Array<ArrayBuffer> {
    const operators = new Message().text(1, '').number(2, opset);
    return new Message()
      .number(1, 8)
      .text(2, 'lentigo')
      .message(7, this.graph)
      .message(8, operators)
      .encoded();
  }
}

function attribute(name: string, value: Attribute): Message {
  const message = new Message().text(1, name);
  if (typeof value === 'number') return message.number(3, value).number(20, 2);
  if (typeof value === 'string') return message.text(4, value).number(20, 3);
  if ('float' in value) return message.float(2, value.float).number(20, 1);
  for (const number of value) message.number(8, number);
  return message.number(20, 7);
}

function valueInfo(name: string, shape: readonly number[] | null): Message {
  const tensor = new Message().number(1, types.float32);
  if (shape) {
    const lengths = new Message();
    for (const [axis, length] of shape.entries()) {
      const dim = new Message();
      lengths.message(1, length < 0 ? dim.text(2, `${name}${axis}`) : dim.number(1, length));
    }
    tensor.message(2, lengths);
  }
  return new Message().text(1, name).message(2, new Message().message(1, tensor));
}
