import { expect, test } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { plan } from '../../../core/evaluation/plan';
import { emptyDraft } from './draft';
import { createPlanning } from './planning';
import type { EvaluationState } from './state';

const files = Array.from({ length: 3000 }, (_, index) => ({
  path: `${index % 2 ? 'nv' : 'mel'}/${index}.jpg`,
  size: index,
}));
const folder = { name: 'study', files };
const rows = files.map(({ path }) => ({ file: path, label: 'bcc', columns: {} }));
const table = { name: 'labels.csv', rows, columns: [], notes: [] };

/** `stepMs`: what each look at the clock takes of the time. */
function open(stepMs: number) {
  const nothing = { draft: emptyDraft, planned: null, planningShare: null, holds: null };
  const store = createStore<EvaluationState>(() => nothing as unknown as EvaluationState);
  let time = 0;
  let looks = 0;
  let resume = () => {};
  /** How often the clock was looked at between two pauses: once a step. */
  const slices: number[] = [];
  const planning = createPlanning(store, {
    now: () => {
      looks += 1;
      time += stepMs;
      return time;
    },
    pause: () => {
      slices.push(looks);
      looks = 0;
      return new Promise((resolve) => (resume = resolve));
    },
  });
  const draft = (change: Partial<typeof emptyDraft>) =>
    store.setState(({ draft }) => ({ draft: { ...draft, ...change } }));
  /** Lets all slices follow each other. */
  const goOn = async (shares: (number | null)[] = []) => {
    for (let turn = 0; turn < 1000 && store.getState().planningShare !== null; turn++) {
      shares.push(store.getState().planningShare);
      resume();
      await Promise.resolve();
      await Promise.resolve();
    }
    return shares;
  };
  return { store, planning, draft, goOn, slices };
}

test('a plan of thousands of files is made in slices, with its share, and comes to the same', async () => {
  const { store, planning, draft, goOn, slices } = open(5);
  draft({ folder, source: 'folders' });
  expect(store.getState()).toMatchObject({ planned: null, planningShare: expect.any(Number) });
  const settled = planning.settled();
  const shares = await goOn();
  expect(store.getState()).toMatchObject({
    planned: plan(files, null),
    planningShare: null,
    holds: { images: 3000, masks: 0 },
  });
  expect(await settled).toBe(store.getState().planned);
  expect(shares.length).toBeGreaterThan(5);
  expect(shares).toEqual([...shares].sort((a, b) => Number(a) - Number(b)));
  expect(shares.every((share) => share !== null && share > 0 && share <= 1)).toBe(true);
  // 12 ms: the page waits for three steps at most, of 500 items each.
  expect(Math.max(...slices)).toBeLessThanOrEqual(4);
});

test('a small one is there at once, and what does not enter it makes none again', async () => {
  const { store, planning, draft } = open(0);
  draft({ folder, source: 'table', table });
  const { planned } = store.getState();
  expect(planned?.labels).toEqual([{ label: 'bcc', count: 3000 }]);
  draft({ packageIds: ['a'], parts: 2 });
  expect(store.getState().planned).toBe(planned);
  expect(await planning.settled()).toBe(planned);
  draft({ table: null });
  expect(store.getState()).toMatchObject({ planned: null, planningShare: null, holds: { images: 3000 } });
});

test('a draft that changes meanwhile ends the plan that was under way', async () => {
  const { store, planning, draft, goOn } = open(5);
  draft({ folder, source: 'folders' });
  const settled = planning.settled();
  draft({ source: 'table', table });
  await goOn();
  expect(store.getState().planned?.labels).toEqual([{ label: 'bcc', count: 3000 }]);
  draft({ folder: null });
  expect(store.getState()).toMatchObject({ planned: null, planningShare: null, holds: null });
  await goOn();
  expect(store.getState().planned).toBeNull();
  expect(settled).toBeInstanceOf(Promise);
});
