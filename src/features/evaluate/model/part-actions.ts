import { readText } from '../../../runtime/read-text';
import type { EvaluationArchive } from './archive';
import { inSlices } from './in-slices';
import { joinParts } from './parts';
import type { Evaluation, EvaluationState } from './state';

/** Bytes of a part: half a million photos with their answers. A text of twice that no browser holds. */
const maxPartBytes = 256 * 2 ** 20;

interface Services {
  archive: EvaluationArchive;
  state: () => EvaluationState;
  /** Reads what is kept, here and in the other tabs. */
  changed: () => Promise<void>;
  show: (runId: string) => Promise<void>;
}

/** What is done with the parts of an evaluation that are kept here. */
export function createPartActions({
  archive,
  state,
  changed,
  show,
}: Services): Pick<Evaluation, 'join' | 'partFile' | 'takeInPart'> {
  return {
    async join({ runs }) {
      const parts = runs.map(async (run) => ({ run, answers: (await archive.answers(run.id)).answers }));
      const result = joinParts(await Promise.all(parts));
      if (result.ok)
        await archive.replaceParts(
          result.joined,
          runs.map(({ id }) => id),
        );
      // Where they make no run any more, what is missing is said beside them.
      await changed();
      if (result.ok) await show(result.joined.run.id);
    },
    async partFile(disclaimer) {
      const { run, answers } = state();
      if (!run) throw new Error('no run is on show');
      // The schema is fetched by who saves or takes in a part.
      const { partText } = await import('./part-file');
      return new Blob(await inSlices(partText({ run, answers }, disclaimer)), { type: 'application/json' });
    },
    async takeInPart(file) {
      const { parsePart } = await import('./part-file');
      const text = await readText(file, maxPartBytes, 'results-invalid');
      if (!text.ok)
        return { reason: 'unreadable', problem: Object.values(text.failure.detail).map(String).join(', ') };
      const read = parsePart(text.value);
      if (!read.ok) return { reason: 'unreadable', problem: read.problem };
      const { run, answers } = read.part;
      const isNew = await archive.claim({ ...run, id: crypto.randomUUID() }, answers.values());
      if (isNew) await changed();
      return isNew ? null : { reason: 'here' };
    },
  };
}
