import 'fake-indexeddb/auto';
import fc from 'fast-check';
import { deleteDB, openDB } from 'idb';
import { beforeEach, expect, test, vi } from 'vitest';
import { success } from '../../src/core/failure';
import { exampleCard } from '../../src/core/fixtures/analysis';
import { sessionDatabaseName } from '../../src/features/clinic/model/session/session-archive';
import { visit } from '../../src/features/clinic/model/testing/session-visit';
import { archiveName } from '../../src/features/evaluate/model/archive';
import { otherTabsBy } from '../../src/features/evaluate/model/other-tabs';
import {
  id,
  melanomaWith,
  startEvaluation,
  wholeFolder,
} from '../../src/features/evaluate/model/testing/evaluation';
import { createLibrary } from '../../src/features/quiz/model/library';
import { createQuiz } from '../../src/features/quiz/model/quiz';
import { createTeachingStore, forgetTeaching } from '../../src/features/quiz/model/teaching-store';
import { photoFile } from '../../src/features/quiz/model/testing/photos';
import { tabChannel } from '../../src/runtime/tab-channel';
import { channels, lockManager, numRuns, rounds, seed, turns } from './two-tabs';

/** Two tabs that evaluate, answer the quiz and keep a session at once, in any order. */

beforeEach(async () => {
  await Promise.all([deleteDB(archiveName), deleteDB(sessionDatabaseName), forgetTeaching()]);
});

test('evaluations: an answer is kept with its run or not at all, and what one tab deletes stays deleted', async () => {
  const property = fc.asyncProperty(
    rounds('start', 'start', 'pause', 'resume', 'show', 'cancel', 'leave', 'remove', 'retry'),
    async (all) => {
      await deleteDB(archiveName);
      const channel = channels();
      const locks = lockManager();
      const tabs = [0, 1].map(() =>
        startEvaluation({
          analyse: async () => {
            await turns(1);
            return success(melanomaWith(0.3));
          },
          otherTabs: otherTabsBy(channel(), locks),
        }),
      );
      const removed = new Set<string>();
      for (const steps of all) {
        await Promise.all(
          steps.map(async ({ tab, what, wait, pick }) => {
            await turns(wait);
            const evaluation = tabs[tab] as (typeof tabs)[number];
            const { earlier, run } = evaluation.store.getState();
            const chosen = earlier[pick % Math.max(1, earlier.length)];
            if (what === 'start' && run === null) {
              evaluation.draft({ packageIds: [id] });
              await evaluation.chooseFolder(wholeFolder());
              await evaluation.start([exampleCard]);
            } else if (what === 'pause') evaluation.pause();
            else if (what === 'resume') {
              await evaluation.giveFolder(wholeFolder());
              await evaluation.resume();
            } else if (what === 'show' && chosen) await evaluation.show(chosen.id);
            else if (what === 'cancel') await evaluation.cancel();
            else if (what === 'leave') evaluation.leave();
            else if (what === 'retry') await evaluation.retryFailed();
            else if (what === 'remove' && chosen) {
              const before = evaluation.store.getState().run?.id;
              await evaluation.remove(chosen.id);
              if (before !== chosen.id || evaluation.store.getState().run?.id !== chosen.id)
                removed.add(chosen.id);
            }
          }),
        );
        await Promise.all(tabs.map(({ refresh }) => refresh()));
        const database = await openDB(archiveName);
        const runs = (await database.getAllKeys('runs')) as string[];
        for (const [runId] of (await database.getAllKeys('answers')) as unknown as [string, string][])
          expect(runs, 'the run of an answer').toContain(runId);
        for (const runId of removed) expect(runs, 'what was deleted').not.toContain(runId);
        for (const { store } of tabs) {
          const { earlier, run, answers, elsewhere } = store.getState();
          expect(earlier.map(({ id }) => id).sort(), 'what a tab lists').toEqual([...runs].sort());
          if (!run || elsewhere === 'removed' || !runs.includes(run.id)) continue;
          const kept = (await database.getAllKeys('answers', IDBKeyRange.bound([run.id], [run.id, []])))
            .length;
          expect(kept, 'answers on show are kept').toBeGreaterThanOrEqual(answers.size);
        }
        database.close();
      }
      for (const evaluation of tabs) {
        await evaluation.cancel();
        evaluation.leave();
      }
    },
  );
  await fc.assert(property, { numRuns, seed });
}, 600_000);

test('quiz: no answer is lost or counted twice, and both tabs show the same score', async () => {
  const property = fc.asyncProperty(rounds('answer', 'answer', 'answer', 'reset', 'load'), async (all) => {
    await forgetTeaching();
    const channel = channels();
    const tabs = await Promise.all(
      [0, 1].map(async () => {
        const stored = createTeachingStore();
        const library = createLibrary(stored, async (image) =>
          success({ image, from: 'photo', dicom: null }),
        );
        const machine = {
          ...{ cards: () => null, asked: async () => null, map: async () => null },
          ask: async () => ({ ok: false, failure: { code: 'cancelled', detail: {} } }) as const,
        };
        return {
          library,
          quiz: createQuiz({ library, machine: machine as never, stored, tabs: tabChannel(channel()) }),
        };
      }),
    );
    const [first] = tabs as [(typeof tabs)[number]];
    await first.library.load();
    const set = await first.library.create();
    await first.library.addPhotos(set, [photoFile('a.png', 1), photoFile('b.png', 2)]);
    for (const { photo } of first.library.store.getState().sets[0]?.cases ?? [])
      first.library.changeCase(set, photo, { diagnosis: 'nv' });
    await first.library.save(set, { appVersion: '0', disclaimer: { en: '', ko: '' } });
    for (const { library, quiz } of tabs) {
      await library.load();
      await quiz.load();
    }
    let given = 0;
    let resets = 0;
    for (const steps of all) {
      await Promise.all(
        steps.map(async ({ tab, what, wait }) => {
          await turns(wait);
          const { quiz } = tabs[tab] as (typeof tabs)[number];
          if (what === 'load') await quiz.load();
          else if (what === 'reset') {
            resets += 1;
            await quiz.resetScore();
          } else {
            await quiz.next();
            const { question } = quiz.store.getState();
            if (!question || question.choice !== null) return;
            given += 1;
            await quiz.answer('nv');
          }
        }),
      );
      await vi.waitFor(async () => {
        const stored = await createTeachingStore().attempts();
        if (resets === 0) expect(stored).toHaveLength(given);
        for (const { quiz } of tabs) expect(quiz.store.getState().attempts).toEqual(stored);
      });
    }
  });
  await fc.assert(property, { numRuns, seed });
}, 600_000);

test('session: every photo of an open queue is kept, whoever takes up or forgets what earlier visits left', async () => {
  const property = fc.asyncProperty(
    rounds('add', 'add', 'take off', 'resume', 'forget', 'visit', 'star'),
    async (all) => {
      await deleteDB(sessionDatabaseName);
      const locks = lockManager();
      const earlier = await visit();
      await earlier.add('a.jpg', 'b.jpg');
      await earlier.kept(2);
      const tabs = await Promise.all([0, 1].map(() => visit({ locks })));
      for (const steps of all) {
        await Promise.all(
          steps.map(async ({ tab, what, wait, pick }) => {
            await turns(wait);
            const page = tabs[tab] as (typeof tabs)[number];
            const photos = page.photos();
            const photo = photos[pick % Math.max(1, photos.length)];
            if (what === 'add') await page.add(`${pick}.jpg`);
            else if (what === 'take off' && photo) page.workbench.remove(photo.id);
            else if (what === 'star' && photo) page.triage.mark([photo.id], 'starred');
            else if (what === 'resume') expect(await page.session.resume()).toBeNull();
            else if (what === 'forget') expect(await page.session.forget()).toBeNull();
            else if (what === 'visit') await visit({ locks });
          }),
        );
        await vi.waitFor(async () => {
          const database = await openDB(sessionDatabaseName);
          const keys = async (store: string) => ((await database.getAllKeys(store)) as string[]).sort();
          const [photos, files, sessions] = [
            await keys('photos'),
            await keys('files'),
            await keys('sessions'),
          ];
          const records = (await database.getAll('photos')) as { sessionId: string }[];
          database.close();
          for (const page of tabs)
            for (const { id } of page.photos()) expect(photos, 'a photo of the queue').toContain(id);
          expect(files, 'the file of each photo').toEqual(photos);
          for (const { sessionId } of records)
            expect(sessions, 'the session of a photo').toContain(sessionId);
        });
      }
    },
  );
  await fc.assert(property, { numRuns, seed });
}, 600_000);
