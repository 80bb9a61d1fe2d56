import { createSessionArchive } from '../../src/features/clinic/model/session/session-archive';
import { createReferenceStore } from '../../src/features/clinic/model/similar/reference-store';
import { createArchive } from '../../src/features/evaluate/model/archive';
import { newRun } from '../../src/features/evaluate/model/run';
import { createTeachingStore } from '../../src/features/quiz/model/teaching-store';
import { openCases } from '../../src/records/database';
import { everyKind } from '../../src/records/fixtures/records';
import { storageFailure } from '../../src/records/storage-failure';
import { barePhoto } from './seeds-of-screens';

/** Every store of the program: how it is filled, and what a page does with it. */

type Steps = Record<string, () => Promise<unknown>>;
export interface Kind {
  /** Fills a database of this name; the steps are of a page that opens it anew. */
  fill(name: string): Promise<void>;
  steps(name: string): Steps;
}

/** What a step comes to: nothing, or the code of a failure. A Result says it, or the browser's error does. */
export async function outcomeOf(step: () => Promise<unknown>): Promise<string | null> {
  try {
    const result = (await step()) as { ok?: boolean; failure?: { code: string } } | undefined | null;
    return result?.ok === false ? (result.failure?.code ?? '') : null;
  } catch (error) {
    return storageFailure(error).failure.code;
  }
}

const date = '2026-01-02T03:04:05.000Z';
const set = (id: string, photos: string[]) => ({
  ...{ id, title: id, author: '', licence: '', version: '', changedAt: date },
  cases: photos.map((photo) => ({
    ...{ photo: photo.repeat(64), name: null, title: null, credit: '', synthetic: true },
    ...{ diagnosis: null, structures: [] },
  })),
});
const stored = { type: 'image/png', bytes: new ArrayBuffer(4) };
const photosOf = (...letters: string[]) => new Map(letters.map((each) => [each.repeat(64), stored]));
const reference = (id: string) => ({
  ...{ schema: 1 as const, id, name: id, packageId: 'a', packageVersion: '1', packageHash: 'b' },
  ...{ createdAt: date, planned: 2, photos: 1, lesions: 1 },
});
const vector = (id: string) => ({
  ...{ id: `${id}/0000000`, setId: id, lesion: 'l', name: 'n', diagnosis: 'nv', vector: Float32Array.of(1) },
});
const session = (id: string, photoIds: string[]) => ({
  ...{ schema: 1 as const, id, savedAt: date, photoIds, selectedId: null, packageId: null },
  sensitivity: null,
  impressionFirst: false,
});
const kept = (id: string) => ({
  ...barePhoto(id, id, 1),
  ...{ metadata: null, impression: null, passed: false },
});
const run = { ...newRun({ name: 'r', models: [], images: [], outlines: false }), id: 'r', createdAt: date };
const answer = (path: string) => ({ path, answers: {}, overlap: null, maskFailure: null });
const attempt = { photo: 'a'.repeat(64), truth: 'nv' as const, choice: 'mel' as const, at: date };
const said = { photo: 'a'.repeat(64), asked: 'x' } as unknown as Parameters<
  ReturnType<typeof createTeachingStore>['putAnswer']
>[0];

export const stores: Record<string, Kind> = {
  cases: {
    async fill(name) {
      const opened = await openCases({ name });
      if (opened.ok) await opened.value.write(everyKind());
      if (opened.ok) opened.value.close();
    },
    steps(name) {
      type Database = Extract<Awaited<ReturnType<typeof openCases>>, { ok: true }>['value'];
      const on = (work: (database: Database) => Promise<unknown>) => async () => {
        const opened = await openCases({ name });
        return opened.ok ? work(opened.value).finally(() => opened.value.close()) : opened;
      };
      const change = { lesions: everyKind().lesions.map((each) => ({ ...each, notes: 'changed' })) };
      return {
        read: on((database) => database.read()),
        image: on((database) => database.image('h1')),
        rasters: on((database) => database.rasters('e1')),
        write: on((database) => database.write({ ...change, images: [{ id: 'h9', blob: new Blob(['x']) }] })),
        change: on((database) => database.change('all', () => change)),
        'change of one': on((database) => database.change({ lesions: ['l1'] }, () => change)),
        purge: on((database) => database.purge('2099-01-01T00:00:00.000Z')),
        size: on((database) => database.size()),
        diagnosed: on((database) => database.diagnosed({ packageId: 'x', packageVersion: '1' } as never)),
      };
    },
  },
  teaching: {
    async fill(name) {
      const store = createTeachingStore(name);
      await store.putSet(set('s1', ['a', 'b']), photosOf('a', 'b'));
      await store.putAnswer(said, { photo: 'a' } as never);
      await store.addAttempt(attempt);
    },
    steps(name) {
      const store = createTeachingStore(name);
      return {
        sets: () => store.sets(),
        'put a set': () => store.putSet(set('s1', ['b', 'c']), photosOf('c')),
        'remove a set': () => store.removeSet('s1'),
        photo: () => store.photo('a'.repeat(64)),
        answers: () => store.answers(),
        map: () => store.map('a'.repeat(64), 'x'),
        'put an answer': () => store.putAnswer({ ...said, asked: 'y' }, { photo: 'a' } as never),
        attempts: () => store.attempts(),
        'add an attempt': () => store.addAttempt(attempt),
        'clear the attempts': () => store.clearAttempts(),
      };
    },
  },
  references: {
    async fill(name) {
      await createReferenceStore(name).add(reference('s1'), vector('s1'), 'data:,x');
    },
    steps(name) {
      const store = createReferenceStore(name);
      return {
        sets: () => store.sets(),
        add: () => store.add(reference('s2'), vector('s2'), 'data:,y'),
        photos: () => store.photos('s1'),
        thumbnail: () => store.thumbnail('s1/0000000'),
        remove: () => store.remove('s1'),
      };
    },
  },
  sessions: {
    async fill(name) {
      const archive = createSessionArchive(name);
      const answers = { analyses: [{} as never], lesions: [] };
      await archive.putPhoto(session('v1', ['a']), kept('a'), { file: new Blob(['a']), answers });
    },
    steps(name) {
      const archive = createSessionArchive(name);
      const answers = { analyses: [{} as never], lesions: [] };
      return {
        sessions: () => archive.sessions(),
        'put a session': () => archive.putSession(session('v2', [])),
        'put a photo': () =>
          archive.putPhoto(session('v1', ['a', 'b']), kept('b'), { file: new Blob(['b']), answers }),
        'remove photos': () => archive.removePhotos(['a']),
        remove: () => archive.remove(['v1']),
        adopt: () => archive.adopt(['v1'], session('v3', [])),
      };
    },
  },
  evaluations: {
    async fill(name) {
      const archive = createArchive(name);
      await archive.putRun(run);
      await archive.putHandle('r', 'handle' as never);
      await archive.putAnswer('r', answer('a.jpg'));
    },
    steps(name) {
      const archive = createArchive(name);
      const joined = { run: { ...run, id: 'j' }, answers: new Map([['b.jpg', answer('b.jpg')]]) };
      return {
        runs: () => archive.runs(),
        answers: () => archive.answers('r'),
        handle: () => archive.handle('r'),
        'put a run': () => archive.putRun({ ...run, id: 'q' }),
        'put a handle': () => archive.putHandle('q', 'handle' as never),
        'put an answer': () => archive.putAnswer('r', answer('b.jpg')),
        remove: () => archive.remove('r'),
        claim: () => archive.claim({ ...run, id: 'q' }, [answer('b.jpg')]),
        'replace parts': () => archive.replaceParts(joined, ['r']),
      };
    },
  },
};
