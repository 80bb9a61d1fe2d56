import type { StoreApi } from 'zustand/vanilla';
import { storageFailure } from '../../../records/storage-failure';
import type { Evaluation, EvaluationState } from './state';

/** Says what the browser did not keep or did not give back; until something else is asked for. */
export function say({ setState }: StoreApi<EvaluationState>, error: unknown): void {
  setState({ notKept: storageFailure(error).failure });
}

/** The evaluation of which no step ends in an error that nobody hears: the screen says what the storage refused. */
export function saying(evaluation: Evaluation): Evaluation {
  const { store } = evaluation;
  const step =
    <Given extends unknown[], T>(work: (...given: Given) => Promise<T>, otherwise: T) =>
    async (...given: Given): Promise<T> => {
      store.setState({ notKept: null });
      try {
        return await work(...given);
      } catch (error) {
        say(store, error);
        return otherwise;
      }
    };
  return {
    ...evaluation,
    start: step((cards) => evaluation.start(cards), undefined),
    resume: step(() => evaluation.resume(), undefined),
    giveFolder: step((folder) => evaluation.giveFolder(folder), undefined),
    cancel: step(() => evaluation.cancel(), undefined),
    retryFailed: step(() => evaluation.retryFailed(), undefined),
    show: step((id) => evaluation.show(id), undefined),
    remove: step((id) => evaluation.remove(id), undefined),
    join: step((parts) => evaluation.join(parts), undefined),
    takeInPart: step((file) => evaluation.takeInPart(file), null),
  };
}
