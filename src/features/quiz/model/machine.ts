import { type Failure, failure, type Result, success } from '../../../core/failure';
import type { Progress } from '../../../engine/engine';
import { packageHash } from '../../../engine/package/hash';
import { offeredCards } from '../../../runtime/offered';
import { type AnalysisServices, runAnalyses } from '../../../runtime/run-analysis';
import {
  answerFrom,
  type MachineAnswer,
  type MachineCards,
  type MachineMap,
  machineCards,
  mapFrom,
} from './machine-answer';
import type { TeachingStore } from './teaching-store';

export interface AskOptions {
  signal?: AbortSignal;
  onProgress?: (progress: Progress | null) => void;
  /** Behind whatever the user does meanwhile. */
  background?: boolean;
}

/** The packages of this site as the quiz asks them. */
export interface Machine {
  /** Null before the list of packages has come, and where none fits. */
  cards(): MachineCards | null;
  /** What an answer of today's packages is kept under; null where there are none. */
  asked(): Promise<string | null>;
  /** Asks about one photo, and keeps the answer on this machine. */
  ask(photo: string, file: Blob, options?: AskOptions): Promise<Result<MachineAnswer>>;
  map(answer: MachineAnswer): Promise<MachineMap | null>;
}

/**
 * Asks as the cards were measured: the largest centred square, by the packages' own calibration, the check of
 * the photo overruled, since somebody has chosen the photo already.
 */
export function createMachine(services: AnalysisServices, stored: TeachingStore): Machine {
  const { runtime } = services;
  const cards = () => machineCards(offeredCards(runtime.store.getState()));
  const maps = new Map<string, MachineMap | null>();

  async function asked(): Promise<string | null> {
    const now = cards();
    if (!now) return null;
    const hashes = [now.card, ...(now.beside ? [now.beside] : [])].map(packageHash);
    return (await Promise.all(hashes)).join(' ');
  }

  return {
    cards,
    asked,
    async ask(photo, file, { background = false, ...options } = {}) {
      const now = cards();
      const key = await asked();
      if (!now || key === null) return failure('package-unknown', { package: 'dermoscopy' });
      const { card, beside } = now;
      const answers = await runAnalyses(
        services,
        file,
        {
          packageIds: [card.id, ...(beside ? [beside.id] : [])],
          ...{ square: 'centre', segmenterId: null, overruleGate: true, siteCalibrations: {}, background },
        },
        options,
      );
      const of = (id: string) => answers.find(({ packageId }) => packageId === id)?.answer;
      const own = of(card.id);
      if (!own?.ok) return own ?? failure('internal', { reason: 'the engine left a package out' });
      const other = beside ? of(beside.id) : null;
      // Without the other network nobody could say whether they part: nothing is kept, and it is asked again.
      if (other && !other.ok) return other;
      const answer = answerFrom({ photo, asked: key }, now, own.value, other?.value ?? null);
      const map = mapFrom(card, own.value);
      maps.set(photo, map);
      // A browser that keeps nothing asks again next time.
      await stored.putAnswer(answer, map).catch(() => {});
      return success(answer);
    },
    async map({ photo, asked }) {
      return maps.get(photo) ?? stored.map(photo, asked).catch(() => null);
    },
  };
}

/** What is said of a machine that was not asked, is being asked, or could not answer. */
export type MachineRun =
  | { state: 'not-asked' }
  | { state: 'running'; progress: Progress | null }
  | { state: 'done'; answer: MachineAnswer; map: MachineMap | null }
  | { state: 'failed'; failure: Failure };
