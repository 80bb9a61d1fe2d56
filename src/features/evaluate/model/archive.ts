import type { DBSchema } from 'idb';
import type { ImageAnswer } from '../../../core/evaluation/answer';
import { keepOpen } from '../../../runtime/keep-open';
import type { EvaluationRun } from './run';

export const archiveName = 'lentigo-evaluations';

interface Stores extends DBSchema {
  runs: { key: string; value: EvaluationRun };
  /** By run and path. */
  answers: { key: [string, string]; value: ImageAnswer };
  /** What opens the folder again, by run; only browsers with the File System Access API have it. */
  handles: { key: string; value: FileSystemDirectoryHandle };
}

/**
 * Evaluations in this browser's IndexedDB: each answer is written as it comes, so that a reload costs one
 * image at most.
 */
export interface EvaluationArchive {
  /** The newest first, each with as many images done as there are answers. */
  runs(): Promise<EvaluationRun[]>;
  answers(runId: string): Promise<Map<string, ImageAnswer>>;
  handle(runId: string): Promise<FileSystemDirectoryHandle | null>;
  putRun(run: EvaluationRun): Promise<void>;
  putHandle(runId: string, handle: FileSystemDirectoryHandle): Promise<void>;
  putAnswer(runId: string, answer: ImageAnswer): Promise<void>;
  remove(runId: string): Promise<void>;
}

export function createArchive(name = archiveName): EvaluationArchive {
  const open = keepOpen<Stores>(name, (database) => {
    database.createObjectStore('runs', { keyPath: 'id' });
    database.createObjectStore('answers');
    database.createObjectStore('handles');
  });
  const all = (runId: string) => IDBKeyRange.bound([runId], [runId, []]);

  return {
    async runs() {
      const database = await open();
      const runs = await database.getAll('runs');
      const counted = runs.map(async (run) => ({
        ...run,
        done: await database.count('answers', all(run.id)),
      }));
      return (await Promise.all(counted)).sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1));
    },
    async answers(runId) {
      const answers = await (await open()).getAll('answers', all(runId));
      return new Map(answers.map((answer) => [answer.path, answer]));
    },
    handle: async (runId) => (await (await open()).get('handles', runId)) ?? null,
    async putRun(run) {
      await (await open()).put('runs', run);
    },
    async putHandle(runId, handle) {
      await (await open()).put('handles', handle, runId);
    },
    async putAnswer(runId, answer) {
      await (await open()).put('answers', answer, [runId, answer.path]);
    },
    async remove(runId) {
      const transaction = (await open()).transaction(['runs', 'answers', 'handles'], 'readwrite');
      await Promise.all([
        transaction.objectStore('runs').delete(runId),
        transaction.objectStore('answers').delete(all(runId)),
        transaction.objectStore('handles').delete(runId),
        transaction.done,
      ]);
    },
  };
}
