import { expect, test, vi } from 'vitest';
import { askForAdapter } from './ask-for-adapter';

const adapter = { info: {} } as GPUAdapter;

/** A browser that refuses so often, and the pauses that were made. */
async function ask(refusals: (() => Promise<null>)[]) {
  vi.spyOn(console, 'warn').mockImplementation(() => {});
  const pauses: number[] = [];
  const answers = [...refusals];
  const gpu = { requestAdapter: () => answers.shift()?.() ?? Promise.resolve(adapter) };
  const found = await askForAdapter(gpu, async (milliseconds) => void pauses.push(milliseconds));
  vi.restoreAllMocks();
  return { ...found, pauses };
}

const refuse = async () => null;
const fail = () => Promise.reject(new Error('the GPU process is gone'));

test('given at once, nobody waits', async () => {
  expect(await ask([])).toEqual({ adapter, attempts: 1, pauses: [] });
});

test('refused at first, as after the start of a browser, it is asked for again', async () => {
  expect(await ask([refuse, fail])).toEqual({ adapter, attempts: 3, pauses: [200, 400] });
});

test('refused each time, there is none, after less than two seconds', async () => {
  const { pauses, ...found } = await ask(Array(9).fill(refuse));
  expect(found).toEqual({ adapter: null, attempts: 4 });
  expect(pauses.reduce((sum, pause) => sum + pause, 0)).toBeLessThan(2000);
});
