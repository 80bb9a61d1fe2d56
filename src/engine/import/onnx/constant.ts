import { sizeOf } from '../../graph/graph';
import { fromHalves } from '../../package/weights';
import { ImportProblem } from '../problem';
import { fieldsOf, floatsOf, integersOf, numberOf, textOf } from './protobuf';

/** A tensor whose numbers are known before anything runs: a weight, or a shape. */
export interface Constant {
  shape: number[];
  values: Float32Array | Float64Array;
  /** Whole numbers, exact up to 2^53. */
  whole: boolean;
}

/** The largest constant: 256 MB of numbers. */
const mostNumbers = 2 ** 26;

/** As `TensorProto.DataType` counts: how raw bytes are read, and how wide a number is. */
const types: Record<number, { name: string; width: number; read(bytes: ArrayBuffer): ArrayLike<number> }> = {
  1: { name: 'float', width: 4, read: (bytes) => new Float32Array(bytes) },
  2: { name: 'uint8', width: 1, read: (bytes) => new Uint8Array(bytes) },
  3: { name: 'int8', width: 1, read: (bytes) => new Int8Array(bytes) },
  4: { name: 'uint16', width: 2, read: (bytes) => new Uint16Array(bytes) },
  5: { name: 'int16', width: 2, read: (bytes) => new Int16Array(bytes) },
  6: { name: 'int32', width: 4, read: (bytes) => new Int32Array(bytes) },
  7: { name: 'int64', width: 8, read: (bytes) => Float64Array.from(new BigInt64Array(bytes), Number) },
  9: { name: 'bool', width: 1, read: (bytes) => new Uint8Array(bytes) },
  10: { name: 'float16', width: 2, read: (bytes) => fromHalves(new Uint8Array(bytes)) },
  11: { name: 'double', width: 8, read: (bytes) => new Float64Array(bytes) },
  12: { name: 'uint32', width: 4, read: (bytes) => new Uint32Array(bytes) },
};

const isWhole = (type: number) => ![1, 10, 11].includes(type);

/** Of a TensorProto. */
export function constantOf(bytes: Uint8Array, path: string): { name: string; constant: Constant } {
  const shape: number[] = [];
  let [type, name] = [0, ''];
  let raw: Uint8Array | null = null;
  const listed: ArrayLike<number>[] = [];
  for (const field of fieldsOf(bytes, path)) {
    switch (field.number) {
      case 1:
        shape.push(...integersOf(field, `${path}.dims`));
        break;
      case 2:
        type = numberOf(field, `${path}.data_type`);
        break;
      case 4:
        listed.push(floatsOf(field, `${path}.float_data`));
        break;
      case 5:
      case 7:
        listed.push(integersOf(field, `${path}.data`));
        break;
      case 8:
        name = textOf(field, `${path}.name`);
        break;
      case 9:
        if (field.wire === 'bytes') raw = field.bytes;
        break;
      case 10:
        if (field.wire === 'bytes' && field.bytes.length % 8 === 0)
          listed.push(new Float64Array(field.bytes.slice().buffer));
        break;
      case 13:
        throw new ImportProblem(
          path,
          'keeps its numbers in another file: export the model as one file',
          'weights-elsewhere',
        );
    }
  }
  const known = types[type];
  const where = name === '' ? path : `${path} ("${name.slice(0, 80)}")`;
  if (!known)
    throw new ImportProblem(`${where}.data_type`, `is ${type}, which is not read here`, 'unsupported');
  if (shape.length > 8 || shape.some((length) => !Number.isInteger(length) || length < 0))
    throw new ImportProblem(`${where}.dims`, `is [${shape}]`);
  if (sizeOf(shape) > mostNumbers)
    throw new ImportProblem(`${where}.dims`, `is [${shape}], too large`, 'too-large');
  if (raw && raw.length % known.width !== 0)
    throw new ImportProblem(`${where}.raw_data`, `is no list of ${known.name}`);
  const numbers = raw ? known.read(raw.slice().buffer) : halvesAsListed(type, joined(listed));
  if (numbers.length !== sizeOf(shape))
    throw new ImportProblem(where, `has ${numbers.length} numbers and the shape [${shape}]`);
  const whole = isWhole(type);
  return { name, constant: { shape, whole, values: numbersOf(numbers, whole) } };
}

const numbersOf = (numbers: ArrayLike<number>, whole: boolean) =>
  whole ? Float64Array.from(numbers) : numbers instanceof Float32Array ? numbers : Float32Array.from(numbers);

/** A float16 that is listed, and not raw, stands as its bits in a whole number. */
function halvesAsListed(type: number, numbers: ArrayLike<number>): ArrayLike<number> {
  return type === 10 ? fromHalves(new Uint8Array(Uint16Array.from(numbers).buffer)) : numbers;
}

function joined(parts: readonly ArrayLike<number>[]): ArrayLike<number> {
  const [first] = parts;
  if (parts.length <= 1) return first ?? [];
  const all = new Float64Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

export const floatConstant = (shape: readonly number[], values: Float32Array): Constant => ({
  shape: [...shape],
  values,
  whole: false,
});

export const wholeConstant = (shape: readonly number[], values: ArrayLike<number>): Constant => ({
  shape: [...shape],
  values: Float64Array.from(values),
  whole: true,
});

/** With its axes in another order. */
export function permuted({ shape, values, whole }: Constant, order: readonly number[]): Constant {
  const strides = shape.map((_, axis) => sizeOf(shape.slice(axis + 1)));
  const turned = order.map((axis) => shape[axis] as number);
  const steps = order.map((axis) => strides[axis] as number);
  const result = whole ? new Float64Array(values.length) : new Float32Array(values.length);
  const index = new Array<number>(order.length).fill(0);
  let from = 0;
  for (let at = 0; at < result.length; at++) {
    result[at] = values[from] as number;
    for (let axis = order.length - 1; axis >= 0; axis--) {
      from += steps[axis] as number;
      index[axis] = (index[axis] as number) + 1;
      if ((index[axis] as number) < (turned[axis] as number)) break;
      from -= (steps[axis] as number) * (turned[axis] as number);
      index[axis] = 0;
    }
  }
  return { shape: turned, values: result, whole };
}
