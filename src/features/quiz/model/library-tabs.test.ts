import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { success } from '../../../core/failure';
import type { TabChannel } from '../../../runtime/tab-channel';
import { createLibrary, type Library } from './library';
import { createTeachingStore, forgetTeaching } from './teaching-store';
import { photoFile } from './testing/photos';

/** Two tabs of one browser, on one database. */

let here: Library;
let there: Library;
let id: string;
const openTab = async (tabs?: TabChannel) => {
  const tab = createLibrary(
    createTeachingStore(),
    async (image) => success({ image, from: 'photo', dicom: null }),
    { tabs },
  );
  await tab.load();
  return tab;
};
const setIn = (tab: Library) => tab.store.getState().sets.find((set) => set.id === id);
const namesIn = (tab: Library) => setIn(tab)?.cases.map(({ name }) => name);

beforeEach(async () => {
  here = await openTab();
  id = await here.create();
  await here.addPhotos(id, [photoFile('a.png', 1)]);
  // Tabs that do not hear each other: the write itself has to find out.
  there = await openTab();
});
afterEach(() => forgetTeaching());

test('photos that two tabs add to one set stay, whatever either writes afterwards', async () => {
  await here.addPhotos(id, [photoFile('b.png', 2)]);
  await there.addPhotos(id, [photoFile('c.png', 3)]);
  here.change(id, (set) => ({ ...set, title: 'Day one' }));
  const [first = ''] = setIn(there)?.cases.map(({ photo }) => photo) ?? [];
  there.changeCase(id, first, { diagnosis: 'nv' });
  await there.readTable(id, new Blob(['file,label\nc.png,mel\n']));
  const later = await openTab();
  await vi.waitFor(async () => {
    await later.load();
    expect(setIn(later)).toMatchObject({
      title: 'Day one',
      cases: [
        { name: 'a.png', diagnosis: 'nv' },
        { name: 'b.png', diagnosis: null },
        { name: 'c.png', diagnosis: 'mel' },
      ],
    });
  });
  for (const { photo } of setIn(later)?.cases ?? []) expect(await later.photo(photo)).not.toBeNull();
});

test('a photo that one tab takes out stays out when the other writes', async () => {
  here.change(id, (set) => ({ ...set, cases: [] }));
  await vi.waitFor(async () => expect(namesIn(await openTab())).toEqual([]));
  there.change(id, (set) => ({ ...set, title: 'Day two' }));
  await vi.waitFor(() => expect(setIn(there)).toMatchObject({ title: 'Day two', cases: [] }));
});

test('a set that one tab deletes does not come back when the other writes', async () => {
  await here.remove(id);
  there.change(id, (set) => ({ ...set, title: 'Back again' }));
  await vi.waitFor(() => expect(setIn(there)).toBeUndefined());
  expect(setIn(await openTab())).toBeUndefined();
  expect(await there.addPhotos(id, [photoFile('b.png', 2)])).toMatchObject({
    failure: { code: 'record-gone' },
  });
});

test('tabs that hear each other show what the other wrote', async () => {
  const listeners: (() => void)[] = [];
  const tabs = (): TabChannel => {
    let own = () => {};
    return {
      tell: () => {
        for (const listener of listeners) if (listener !== own) listener();
      },
      onTold: (listener) => {
        own = listener;
        listeners.push(listener);
      },
    };
  };
  const [one, other] = [await openTab(tabs()), await openTab(tabs())];
  one.change(id, (set) => ({ ...set, title: 'Day three' }));
  await vi.waitFor(() => expect(setIn(other)).toMatchObject({ title: 'Day three' }));
  await other.addPhotos(id, [photoFile('b.png', 2)]);
  await vi.waitFor(() => expect(namesIn(one)).toEqual(['a.png', 'b.png']));
  await one.remove(id);
  await vi.waitFor(() => expect(setIn(other)).toBeUndefined());
});
