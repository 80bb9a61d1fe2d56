import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { RecordedPass, Recorder, UnrecordedPasses, Values } from './pass';
import { Plans } from './plans';

const values = (...data: number[]): Values => ({ shape: [data.length], data: Float32Array.from(data) });

/** A network that doubles: every output is its input twice over. */
const doubling: UnrecordedPasses = {
  forwardUnrecorded: async (inputs, outputs) =>
    outputs.map(() => values(...(inputs.image?.data ?? []).map((value) => 2 * value))),
  execute: () => [],
};

/** Records passes that answer with `answer`, and counts. */
class FakeRecorder implements Recorder {
  recorded = 0;
  disposed = 0;
  runs = 0;
  constructor(private readonly answer: (value: number) => number = (value) => 2 * value) {}

  record(): RecordedPass {
    this.recorded += 1;
    return {
      bytes: 100,
      run: async ({ image }) => {
        this.runs += 1;
        const answer = values(...(image?.data ?? []).map(this.answer));
        return [answer, values(-1)];
      },
      dispose: () => {
        this.disposed += 1;
      },
    };
  }
}

/** The same for a network with one output, "a". */
class OneOutput extends FakeRecorder {
  override record(): RecordedPass {
    const pass = super.record();
    return { ...pass, run: async (inputs) => (await pass.run(inputs)).slice(0, 1) };
  }
}

const warn = vi.spyOn(console, 'warn');
beforeEach(() => void warn.mockImplementation(() => {}));
afterEach(() => void warn.mockReset());

test('a pass is recorded when it comes for the second time, and done again from then on', async () => {
  const recorder = new OneOutput();
  const plans = new Plans(recorder, doubling);
  expect(await plans.run({ image: values(1, 2) }, ['a'])).toBeUndefined();
  expect(recorder.recorded).toBe(0);
  for (const number of [3, 4]) {
    const [answer] = (await plans.run({ image: values(number, 5) }, ['a'])) ?? [];
    expect([...(answer?.data ?? [])]).toEqual([2 * number, 10]);
  }
  expect(recorder.recorded).toBe(1);
  expect(plans.bytes).toBe(100);
  // Of another shape it is another pass.
  expect(await plans.run({ image: values(1) }, ['a'])).toBeUndefined();
  plans.dispose();
  expect([recorder.disposed, plans.bytes]).toEqual([1, 0]);
});

test('one that is prepared is there at the first time, and serves whoever wants some of its outputs', async () => {
  const network = { ...doubling, forwardUnrecorded: async () => [values(2, 4), values(-1)] };
  const recorder = new FakeRecorder(() => 0);
  recorder.record = () => ({ bytes: 1, run: async () => [values(2, 4), values(-1)], dispose: () => {} });
  const plans = new Plans(recorder, network);
  await plans.prepare({ image: values(1, 2) }, ['a', 'b']);
  const [b] = (await plans.run({ image: values(1, 2) }, ['b'])) ?? [];
  expect([...(b?.data ?? [])]).toEqual([-1]);
  expect(await plans.run({ image: values(1, 2) }, ['c'])).toBeUndefined();
});

test.each([
  ['these inputs', (value: number) => 2 * value + 1],
  ['random ones', (value: number) => (Number.isInteger(value) ? 2 * value : 0)],
  ['a bit of these', (value: number) => 2 * value * (1 + 2 ** -23)],
])('one that says something else of %s is not trusted, and the console says so', async (_, answer) => {
  const recorder = new (class extends OneOutput {})(answer);
  const plans = new Plans(recorder, doubling);
  for (let time = 0; time < 3; time++)
    expect(await plans.run({ image: values(1, 2) }, ['a'])).toBeUndefined();
  expect([recorder.recorded, recorder.disposed]).toEqual([1, 1]);
  expect(warn).toHaveBeenCalledTimes(1);
});

test('nor is one that cannot be recorded tried again', async () => {
  const record = vi.fn(() => {
    throw new Error('a tensor is read in the middle of the pass');
  });
  const plans = new Plans({ record }, doubling);
  for (let time = 0; time < 3; time++)
    expect(await plans.run({ image: values(1, 2) }, ['a'])).toBeUndefined();
  expect(record).toHaveBeenCalledTimes(1);
  expect(warn.mock.calls[0]?.[0]).toContain('a tensor is read in the middle of the pass');
});

test('of many shapes the one that was not used for longest goes', async () => {
  const recorder = new OneOutput();
  const plans = new Plans(recorder, doubling);
  const shaped = (length: number) => ({ image: values(...Array(length).fill(1)) });
  for (let length = 1; length <= 9; length++) {
    await plans.prepare(shaped(length), ['a']);
    await plans.run(shaped(1), ['a']);
  }
  expect(recorder.disposed).toBe(1);
  expect(await plans.run(shaped(1), ['a'])).toBeDefined();
  expect(await plans.run(shaped(2), ['a'])).toBeUndefined();
});
