/** Protocol buffers, as far as ONNX files need them (https://protobuf.dev/programming-guides/encoding). */

/** A message, field after field. */
export class Message {
  private readonly parts: Uint8Array[] = [];

  /** A whole number from 0 up, below 2^53. */
  number(field: number, value: number): this {
    return this.key(field, 0).append(varint(value));
  }

  float(field: number, value: number): this {
    return this.key(field, 5).append(new Uint8Array(Float32Array.of(value).buffer));
  }

  bytes(field: number, value: Uint8Array): this {
    return this.key(field, 2).append(varint(value.length)).append(value);
  }

  text(field: number, value: string): this {
    return this.bytes(field, new TextEncoder().encode(value));
  }

  message(field: number, value: Message): this {
    return this.bytes(field, value.encoded());
  }

  encoded(): Uint8Array<ArrayBuffer> {
    const whole = new Uint8Array(this.parts.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of this.parts) {
      whole.set(part, at);
      at += part.length;
    }
    return whole;
  }

  private key(field: number, wireType: number): this {
    return this.append(varint(field * 8 + wireType));
  }

  private append(part: Uint8Array): this {
    this.parts.push(part);
    return this;
  }
}

/** Negative numbers in two's complement of 64 bits, as int64 fields have them. */
function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  do {
    const low = Number(rest & 127n);
    rest >>= 7n;
    bytes.push(rest > 0n ? low | 128 : low);
  } while (rest > 0n);
  return Uint8Array.from(bytes);
}
