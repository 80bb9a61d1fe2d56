import type { DBSchema } from 'idb';
import type { ImageAnswer } from '../../../core/evaluation/answer';
import { allOrNothing, together } from '../../../runtime/all-or-nothing';
import { keepOpen } from '../../../runtime/keep-open';
import type { Unreadable } from '../../../runtime/read-one-by-one';
import { type AnsweredRun, type EvaluationRun, isSamePart } from './run';

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
  /**
   * The newest first, each with as many images done as there are answers. Records are read one by one: what
   * cannot be read is listed, and stays stored.
   */
  runs(): Promise<{ runs: EvaluationRun[]; unreadable: Unreadable[] }>;
  /** `unreadable`: answers that cannot be read; their images count as not asked yet. */
  answers(runId: string): Promise<{ answers: Map<string, ImageAnswer>; unreadable: number }>;
  handle(runId: string): Promise<FileSystemDirectoryHandle | null>;
  putRun(run: EvaluationRun): Promise<void>;
  /** Writes a run that is kept already. False, and nothing is written, where another tab has removed it. */
  changeRun(run: EvaluationRun): Promise<boolean>;
  putHandle(runId: string, handle: FileSystemDirectoryHandle): Promise<void>;
  /** False, and nothing is written, where the run is not kept any more: an answer alone would be shown nowhere. */
  putAnswer(runId: string, answer: ImageAnswer): Promise<boolean>;
  remove(runId: string): Promise<void>;
  /**
   * Writes a part, with the answers that it has already, unless the same part is here: then nothing is
   * written, and it is false. Two tabs that ask at once do not both get it.
   */
  claim(part: EvaluationRun, answers: Iterable<ImageAnswer>): Promise<boolean>;
  /** Writes a run in place of its parts, with all their answers: all of it or nothing. */
  replaceParts(joined: AnsweredRun, partIds: readonly string[]): Promise<void>;
}

/** Answers that are read at a time. */
const partLength = 2000;

const late = () => import('./read-stored');

export function createArchive(name = archiveName): EvaluationArchive {
  const open = keepOpen<Stores>(name, (database) => {
    database.createObjectStore('runs', { keyPath: 'id' });
    database.createObjectStore('answers');
    database.createObjectStore('handles');
  });
  const all = (runId: string) => IDBKeyRange.bound([runId], [runId, []]);
  const everything = async () => (await open()).transaction(['runs', 'answers', 'handles'], 'readwrite');
  type Everything = Awaited<ReturnType<typeof everything>>;
  const takeAway = (transaction: Everything, runId: string) => [
    () => transaction.objectStore('runs').delete(runId),
    () => transaction.objectStore('answers').delete(all(runId)),
    () => transaction.objectStore('handles').delete(runId),
  ];
  const putAll = (
    transaction: Everything,
    { run, answers }: { run: EvaluationRun; answers: Iterable<ImageAnswer> },
  ) => [
    () => transaction.objectStore('runs').put(run),
    ...Array.from(
      answers,
      (answer) => () => transaction.objectStore('answers').put(answer, [run.id, answer.path]),
    ),
  ];

  return {
    async runs() {
      const database = await open();
      const { readRuns } = await late();
      const { read: runs, unreadable } = readRuns(await database.getAll('runs'));
      const counted = runs.map(async (run) => ({
        ...run,
        done: await database.count('answers', all(run.id)),
      }));
      const sorted = (await Promise.all(counted)).sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1));
      return { runs: sorted, unreadable };
    },
    async answers(runId) {
      const database = await open();
      const { readAnswers } = await late();
      const answers = new Map<string, ImageAnswer>();
      let unreadable = 0;
      let range = all(runId);
      // In parts: half a million at once hold the page for seconds.
      for (;;) {
        const stored = await database.getAll('answers', range, partLength);
        const part = readAnswers(stored);
        for (const answer of part.read) answers.set(answer.path, answer);
        unreadable += part.unreadable.length;
        const last = (await database.getAllKeys('answers', range, partLength)).at(-1);
        if (stored.length < partLength || !last) return { answers, unreadable };
        range = IDBKeyRange.bound(last, [runId, []], true);
      }
    },
    handle: async (runId) => (await (await open()).get('handles', runId)) ?? null,
    async putRun(run) {
      await (await open()).put('runs', run);
    },
    async putHandle(runId, handle) {
      await (await open()).put('handles', handle, runId);
    },
    async changeRun(run) {
      const transaction = (await open()).transaction('runs', 'readwrite');
      return allOrNothing(transaction, async () => {
        const isKept = (await transaction.store.getKey(run.id)) !== undefined;
        if (isKept) await transaction.store.put(run);
        return isKept;
      });
    },
    async putAnswer(runId, answer) {
      const transaction = (await open()).transaction(['runs', 'answers'], 'readwrite');
      return allOrNothing(transaction, async () => {
        const isKept = (await transaction.objectStore('runs').getKey(runId)) !== undefined;
        if (isKept) await transaction.objectStore('answers').put(answer, [runId, answer.path]);
        return isKept;
      });
    },
    async remove(runId) {
      const transaction = await everything();
      await allOrNothing(transaction, () => together(takeAway(transaction, runId)));
    },
    async claim(part, answers) {
      // Before the transaction, which would end while the import is awaited.
      const { readRuns } = await late();
      const transaction = await everything();
      return allOrNothing(transaction, async () => {
        const runs = readRuns(await transaction.objectStore('runs').getAll()).read;
        const isFree = !runs.some((run) => isSamePart(run.part, part.part));
        if (isFree) await together(putAll(transaction, { run: part, answers }));
        return isFree;
      });
    },
    async replaceParts({ run, answers }, partIds) {
      const transaction = await everything();
      await allOrNothing(transaction, async () => {
        let handle: FileSystemDirectoryHandle | undefined;
        for (const id of partIds) handle ??= await transaction.objectStore('handles').get(id);
        await together([
          ...partIds.flatMap((id) => takeAway(transaction, id)),
          ...putAll(transaction, { run, answers: answers.values() }),
          handle !== undefined && (() => transaction.objectStore('handles').put(handle, run.id)),
        ]);
      });
    },
  };
}
