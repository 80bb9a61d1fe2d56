import { messageOf } from './engine-error';
import type { RecordedPass, Recorder, UnrecordedPasses, Values } from './pass';

/** Recorded passes of one network; the one that was not used for longest goes first. */
const maxPlans = 8;

interface Entry {
  inputs: string;
  outputs: readonly string[];
  /** Null for a pass that was made once, and for one that is not fit to be recorded. */
  plan: RecordedPass | null;
  unfit: boolean;
}

/**
 * The recorded passes of a network: one for each set of inputs, by names and shapes, and of outputs. A pass
 * is recorded when it comes for the second time, because checking it takes several passes.
 */
export class Plans {
  /** The least recently used first. */
  private entries: Entry[] = [];

  constructor(
    private readonly recorder: Recorder,
    private readonly network: UnrecordedPasses,
  ) {}

  get bytes(): number {
    return this.entries.reduce((sum, { plan }) => sum + (plan?.bytes ?? 0), 0);
  }

  /**
   * The outputs in their order, where such a pass is recorded or comes for the second time; undefined
   * otherwise.
   */
  async run(inputs: Record<string, Values>, outputs: string[]): Promise<Values[] | undefined> {
    const known = this.find(inputs, outputs);
    if (!known) {
      this.add(inputs, outputs);
      return undefined;
    }
    await this.complete(known, inputs);
    const answers = await known.plan?.run(inputs);
    return answers && outputs.map((output) => answers[known.outputs.indexOf(output)] as Values);
  }

  /** Records a pass before it is asked for. */
  async prepare(inputs: Record<string, Values>, outputs: string[]): Promise<void> {
    await this.complete(this.find(inputs, outputs) ?? this.add(inputs, outputs), inputs);
  }

  dispose(): void {
    for (const { plan } of this.entries) plan?.dispose();
    this.entries = [];
  }

  /**
   * One that has these outputs, among others perhaps; a recorded one before others. It counts as used now.
   */
  private find(inputs: Record<string, Values>, outputs: string[]): Entry | undefined {
    const shapes = shapesOf(inputs);
    const fits = (entry: Entry) =>
      entry.inputs === shapes && outputs.every((output) => entry.outputs.includes(output));
    const found = this.entries.find((entry) => entry.plan && fits(entry)) ?? this.entries.find(fits);
    if (found) this.entries = [...this.entries.filter((entry) => entry !== found), found];
    return found;
  }

  private add(inputs: Record<string, Values>, outputs: string[]): Entry {
    const entry = { inputs: shapesOf(inputs), outputs, plan: null, unfit: false };
    this.entries.push(entry);
    if (this.entries.length > maxPlans) this.entries.shift()?.plan?.dispose();
    return entry;
  }

  private async complete(entry: Entry, inputs: Record<string, Values>): Promise<void> {
    if (entry.plan || entry.unfit) return;
    entry.plan = await this.record(inputs, entry.outputs);
    entry.unfit = entry.plan === null;
  }

  /**
   * A plan is trusted once it says, of these inputs and of random ones, bit for bit what the unrecorded pass
   * says. Null where it does not, or where the pass cannot be recorded; then it goes on as before, and the
   * console says so.
   */
  private async record(
    inputs: Record<string, Values>,
    outputs: readonly string[],
  ): Promise<RecordedPass | null> {
    let plan: RecordedPass | null = null;
    try {
      plan = this.recorder.record(inputs, (tensors) => this.network.execute(tensors, [...outputs]));
      for (const sample of [inputs, randomLike(inputs)]) {
        const expected = await this.network.forwardUnrecorded(sample, [...outputs]);
        if (!sameBits(expected, await plan.run(sample))) throw new Error('it answers something else');
      }
      return plan;
    } catch (error) {
      console.warn(`A pass is not recorded: ${messageOf(error)}`);
      plan?.dispose();
      return null;
    }
  }
}

const shapesOf = (inputs: Record<string, Values>) =>
  JSON.stringify(
    Object.entries(inputs)
      .map(([name, { shape }]) => [name, ...shape])
      .sort(),
  );

/**
 * Numbers between -2 and 2, as normalised photos have them, always the same ones (a linear congruential
 * generator, Numerical Recipes).
 */
function randomLike(inputs: Record<string, Values>): Record<string, Values> {
  let state = 1;
  const random = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return 4 * (state / 2 ** 32) - 2;
  };
  return Object.fromEntries(
    Object.entries(inputs).map(([name, { shape, data }]) => [name, { shape, data: data.map(random) }]),
  );
}

function sameBits(a: readonly Values[], b: readonly Values[]): boolean {
  return a.length === b.length && a.every(({ data }, index) => sameNumbers(bits(data), bits(b[index]?.data)));
}

const bits = (data: Float32Array = new Float32Array()) =>
  new Uint32Array(data.buffer, data.byteOffset, data.length);

const sameNumbers = (a: Uint32Array, b: Uint32Array) =>
  a.length === b.length && a.every((number, index) => number === b[index]);
