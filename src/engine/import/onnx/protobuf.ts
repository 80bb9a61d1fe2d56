import { ImportProblem } from '../problem';

/**
 * Reads protocol buffers (https://protobuf.dev/programming-guides/encoding), as far as ONNX files need them.
 * Nothing is trusted: a length that leads out of the message is refused.
 */

/** A field as it stands in a message. */
export type Field =
  | { number: number; wire: 'varint'; value: number }
  | { number: number; wire: 'bytes' | 'fixed32' | 'fixed64'; bytes: Uint8Array };

/** The fields of one message in their order. `path`: where the message stands, for messages of errors. */
export function* fieldsOf(bytes: Uint8Array, path: string): Generator<Field> {
  const reader = new Reader(bytes, path);
  while (!reader.atEnd) {
    const key = reader.varint();
    const number = Math.floor(key / 8);
    switch (key % 8) {
      case 0:
        yield { number, wire: 'varint', value: reader.varint() };
        break;
      case 1:
        yield { number, wire: 'fixed64', bytes: reader.take(8) };
        break;
      case 2:
        yield { number, wire: 'bytes', bytes: reader.take(reader.varint()) };
        break;
      case 5:
        yield { number, wire: 'fixed32', bytes: reader.take(4) };
        break;
      default:
        throw new ImportProblem(path, `is no ONNX: field ${number} is of an unknown kind`);
    }
  }
}

class Reader {
  private at = 0;

  constructor(
    private readonly bytes: Uint8Array,
    private readonly path: string,
  ) {}

  get atEnd(): boolean {
    return this.at >= this.bytes.length;
  }

  take(length: number): Uint8Array {
    if (!(length >= 0) || length > this.bytes.length - this.at)
      throw new ImportProblem(this.path, 'ends in the middle of a field');
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }

  /** Signed, 64 bits. What is no whole number in float64 comes rounded: such lengths mean "to the end". */
  varint(): number {
    let value = 0;
    for (let count = 0; count < 10; count++) {
      const byte = this.bytes[this.at++];
      if (byte === undefined) throw new ImportProblem(this.path, 'ends in the middle of a number');
      if (count === 7) return this.longVarint(value, byte);
      value += (byte & 127) * 2 ** (7 * count);
      if (byte < 128) return value;
    }
    throw new ImportProblem(this.path, 'has a number of more than 64 bits');
  }

  /** From the eighth byte on. */
  private longVarint(low: number, first: number): number {
    let value = BigInt(low);
    let byte = first;
    for (let count = 7; count < 10; count++) {
      value += BigInt(byte & 127) << BigInt(7 * count);
      if (byte < 128) return Number(BigInt.asIntN(64, value));
      const next = this.bytes[this.at++];
      if (next === undefined) break;
      byte = next;
    }
    throw new ImportProblem(this.path, 'has a number of more than 64 bits');
  }
}

/** Whole numbers that stand one by one or packed, as writers choose. */
export function integersOf(field: Field, path: string): number[] {
  if (field.wire === 'varint') return [field.value];
  if (field.wire !== 'bytes') throw new ImportProblem(path, 'is no list of whole numbers');
  const reader = new Reader(field.bytes, path);
  const numbers: number[] = [];
  while (!reader.atEnd) numbers.push(reader.varint());
  return numbers;
}

/** Numbers of four bytes that stand one by one or packed. */
export function floatsOf(field: Field, path: string): Float32Array {
  if (field.wire === 'varint' || field.bytes.length % 4 !== 0)
    throw new ImportProblem(path, 'is no list of numbers');
  return new Float32Array(field.bytes.slice().buffer);
}

export function textOf(field: Field, path: string): string {
  if (field.wire !== 'bytes') throw new ImportProblem(path, 'is no text');
  return new TextDecoder().decode(field.bytes);
}

export function messageOf(field: Field, path: string): Uint8Array {
  if (field.wire !== 'bytes') throw new ImportProblem(path, 'is no message');
  return field.bytes;
}

export function numberOf(field: Field, path: string): number {
  if (field.wire !== 'varint') throw new ImportProblem(path, 'is no whole number');
  return field.value;
}
