import 'fake-indexeddb/auto';
import { deleteDB } from 'idb';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { success } from '../../../core/failure';
import { exampleCard } from '../../../core/fixtures/analysis';
import { archiveName } from './archive';
import type { Folder } from './folder';
import { otherTabsBy } from './other-tabs';
import { freeParts, keptParts } from './parts';
import type { Evaluation } from './state';
import { folder, id, labels, melanomaWith, startEvaluation } from './testing/evaluation';

const disclaimer = { en: 'Not a medical device.', ko: '의료기기가 아닙니다.' };

/** 23 photos of 12 lesions, whose answers are now right and now wrong. */
const archive = (name = 'archive'): Folder => {
  const files = Array.from({ length: 23 }, (_, index) => `photo${String(index).padStart(2, '0')}.jpg`);
  const rows = files.map((file, index) => `${file},${index % 3 ? 'nevus' : 'melanoma'},L${index >> 1}`);
  const contents = files.map((file, index) => [file, String(((index * 7) % 23) / 23)]);
  return folder({ ...Object.fromEntries(contents), 'labels.csv': labels(rows) }, name);
};

let onAsked: (count: number) => unknown;
let asked: number;
/** Which runs some tab works at, as the browser's locks know. */
let held: Set<string>;

const locks = {
  request: async (name: string, _options: unknown, work: (lock: object | null) => Promise<unknown>) => {
    if (held.has(name)) return work(null);
    held.add(name);
    return work({}).finally(() => held.delete(name));
  },
} as unknown as LockManager;

/** Another tab of the same browser. */
const openTab = (): Evaluation =>
  startEvaluation({
    otherTabs: otherTabsBy(null, locks),
    analyse: async (text) => {
      await onAsked(++asked);
      return success(melanomaWith(Number(text)));
    },
  });

async function tabWith(parts: number, part: number | null = null, given = archive()): Promise<Evaluation> {
  const tab = openTab();
  tab.draft({ packageIds: [id], parts, part });
  await tab.chooseFolder(given);
  await tab.refresh();
  return tab;
}

const runOf = (tab: Evaluation) => {
  const { run } = tab.store.getState();
  if (!run) throw new Error('no run is on show');
  return run;
};

beforeEach(() => {
  onAsked = () => {};
  asked = 0;
  held = new Set();
});
afterEach(async () => {
  await deleteDB(archiveName);
});

test('three tabs and a file of another machine give the figures of one run', async () => {
  const whole = await tabWith(1);
  await whole.start([exampleCard]);
  const { measured } = whole.store.getState();
  expect(measured?.models[0]?.figures?.count).toBe(23);

  // Each tab gets the next part that is free.
  const [first, second] = [await tabWith(3), await tabWith(3)];
  await first.start([exampleCard]);
  // The second is interrupted, and goes on after a reload.
  const already = asked;
  onAsked = (count) => count === already + 3 && second.pause();
  await second.start([exampleCard]);
  onAsked = () => {};
  expect(runOf(second)).toMatchObject({ state: 'paused', done: 3, part: { shard: { index: 2, count: 3 } } });
  const reloaded = openTab();
  await reloaded.refresh();
  await reloaded.show(runOf(second).id);
  await reloaded.giveFolder(archive());
  expect(runOf(reloaded)).toMatchObject({ state: 'done', done: 8 });

  // The third part comes as a file from a machine on which the folder has another name.
  const third = await tabWith(3, 3, archive('copy of archive'));
  await third.start([exampleCard]);
  const file = await third.partFile(disclaimer);
  await third.remove(runOf(third).id);
  expect(await reloaded.takeInPart(new Blob([file]))).toBeNull();
  expect(await reloaded.takeInPart(new Blob([file]))).toEqual({ reason: 'here' });

  const [parts] = keptParts(reloaded.store.getState().earlier);
  if (!parts) throw new Error('no parts are kept');
  expect(parts).toMatchObject({ count: 3, missing: [], unfinished: [] });
  await reloaded.join(parts);
  const joined = reloaded.store.getState();
  expect(joined.run).toMatchObject({ state: 'done', done: 23, joined: { parts: 3, backends: ['wasm'] } });
  expect(joined.measured).toEqual(measured);
  // In their place: nothing stays twice.
  expect(joined.earlier.map(({ part }) => part)).toEqual([undefined, undefined]);
  // And after a reload it is as any other run.
  const later = openTab();
  await later.refresh();
  await later.show(joined.run?.id ?? '');
  expect(later.store.getState().measured).toEqual(measured);
});

test('two tabs that start at once get two parts, and a part that is taken cannot be taken again', async () => {
  const tabs = [await tabWith(2), await tabWith(2)];
  await Promise.all(tabs.map((tab) => tab.start([exampleCard])));
  expect(tabs.map((tab) => runOf(tab).part?.shard.index).sort()).toEqual([1, 2]);
  const late = await tabWith(2, 1);
  await late.start([exampleCard]);
  expect(late.store.getState()).toMatchObject({ run: null, activity: 'idle' });
  const { fingerprint = '' } = runOf(tabs[0] as Evaluation).part ?? {};
  const kept = late.store.getState().earlier;
  expect(freeParts(kept, fingerprint, 2)).toEqual([]);
  // Of other labels, or in another number of parts, it is another evaluation.
  expect(freeParts(kept, fingerprint, 3)).toEqual([1, 2, 3]);
  expect(freeParts(kept, 'a'.repeat(64), 2)).toEqual([1, 2]);
});

test('what another tab is answering is not answered twice', async () => {
  const tab = await tabWith(2);
  const other = openTab();
  onAsked = async (count) => {
    if (count > 1) return;
    await other.refresh();
    await other.show(runOf(tab).id);
    await other.giveFolder(archive());
    expect(other.store.getState()).toMatchObject({ elsewhere: 'answering', activity: 'idle' });
  };
  await tab.start([exampleCard]);
  expect(runOf(tab)).toMatchObject({ state: 'done', done: 12 });
  expect(asked).toBe(12);
});

test('parts that are missing or unfinished are named, and are not joined', async () => {
  const tab = await tabWith(3);
  onAsked = (count) => count === 2 && tab.pause();
  await tab.start([exampleCard]);
  await tab.refresh();
  const [parts] = keptParts(tab.store.getState().earlier);
  if (!parts) throw new Error('no parts are kept');
  expect(parts).toMatchObject({ missing: [2, 3], unfinished: [1] });
  await tab.join(parts);
  expect(keptParts(tab.store.getState().earlier)[0]?.runs).toHaveLength(1);
});

test('a file that is no part is refused with the field that is wrong', async () => {
  const tab = await tabWith(2);
  await tab.start([exampleCard]);
  const part = JSON.parse(await (await tab.partFile(disclaimer)).text());
  const take = (json: unknown) => tab.takeInPart(new Blob([JSON.stringify(json)]));
  expect(await tab.takeInPart(new Blob(['photo']))).toEqual({ reason: 'unreadable', problem: 'not JSON' });
  expect(await take({})).toMatchObject({ problem: expect.stringContaining('format') });
  const fewer = { ...part, run: { ...part.run, images: part.run.images.slice(1) } };
  expect(await take(fewer)).toMatchObject({ problem: 'run.images: are not as many as the part has' });
  const [first, ...rest] = part.answers;
  const short = { ...first, answers: { [id]: { ...first.answers[id], probabilities: [1] } } };
  expect(await take({ ...part, answers: [short, ...rest] })).toMatchObject({
    problem: `answers.0.answers.${id}: has not a probability for each class`,
  });
  expect(part.disclaimer).toEqual(disclaimer);
});
