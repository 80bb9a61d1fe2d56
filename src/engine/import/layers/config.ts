import { ImportProblem } from '../problem';

/** What a layer's config says, read with the path of whatever is not in order. */
export class Config {
  constructor(
    private readonly fields: Record<string, unknown>,
    readonly path: string,
  ) {}

  has(name: string): boolean {
    return this.fields[name] !== undefined && this.fields[name] !== null;
  }

  raw(name: string): unknown {
    return this.fields[name];
  }

  number(name: string, otherwise?: number): number {
    const value = this.fields[name] ?? otherwise;
    if (typeof value === 'number' && Number.isFinite(value)) return value;
    return this.refuse(name, 'is no number');
  }

  text(name: string, otherwise: string): string {
    const value = this.fields[name] ?? otherwise;
    if (typeof value === 'string') return value;
    // Keras 3 writes some as an object with a name.
    const { class_name: className, config } = object(value);
    const inside = typeof config === 'string' ? config : className;
    if (typeof inside === 'string') return inside.toLowerCase();
    return this.refuse(name, 'is no text');
  }

  flag(name: string, otherwise: boolean): boolean {
    const value = this.fields[name] ?? otherwise;
    return typeof value === 'boolean' ? value : this.refuse(name, 'is neither true nor false');
  }

  numbers(name: string): number[] {
    const value = this.fields[name];
    if (Array.isArray(value) && value.length <= 16 && value.every((each) => typeof each === 'number'))
      return value;
    return this.refuse(name, 'is no list of numbers');
  }

  /** Height and width, from 1 up; one number stands for both. */
  pair(name: string, otherwise?: number): [number, number] {
    const value = this.fields[name] ?? otherwise;
    const [first, second = first] = Array.isArray(value) ? value : [value];
    if (isLength(first) && isLength(second)) return [first, second];
    return this.refuse(name, 'is no pair of whole numbers from 1 up');
  }

  /** Nearly always a setting that is not run here. */
  refuse(name: string, problem: string): never {
    throw new ImportProblem(`${this.path}.config.${name}`, problem, 'unsupported');
  }
}

const isLength = (value: unknown): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= 65536;

export const object = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
