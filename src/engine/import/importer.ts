import type { NetworkCard } from '../../core/card/card';
import { type CardFit, type CardFitRequest, fitCard, type LogitSample } from '../../core/evaluation/card-fit';
import type { Result } from '../../core/failure';
import type { PackageFile } from '../engine';
import { messageOf } from '../engine-error';
import { type AnswersInput, type Guesses, guessesFor, parseAnswers } from './answers';
import { makePackage } from './make-package';
import { ImportProblem, type Reason, type ReasonValues, SizeNeeded, UnknownOperations } from './problem';
import { type ForeignModel, type ForeignOptions, readForeignModel } from './read-model';

/** What was found in a model of another format, as plain data. */
export interface FoundModel extends Omit<ForeignModel, 'graph'> {
  guesses: Guesses;
}

/** Why a model is not taken in. `path`: the field of its file. */
export interface ImportFault {
  kind: 'size' | 'unknown' | 'invalid';
  path: string;
  /** In English, for whoever wrote the file. */
  problem: string;
  /** What the screen says, with what it fills in. */
  reason: Reason;
  values: ReasonValues;
  /** Of `unknown`: the names of what is not translated. */
  operations: string[];
}

export type Imported<T> = { ok: true; value: T } | { ok: false; fault: ImportFault };

/** Reads one model after another, and makes packages of the one that was read last. */
export interface ModelImporter {
  read(files: readonly PackageFile[], options?: ForeignOptions): Promise<Imported<FoundModel>>;
  /** See `makePackage`. */
  make(
    answers: AnswersInput,
    golden: readonly number[] | null,
    fit?: CardFit | null,
  ): Promise<Imported<{ card: NetworkCard; files: PackageFile[] }>>;
  /** See `fitCard`: a thousand draws over thousands of photos take seconds. */
  fit(request: CardFitRequest, sample: LogitSample): Promise<Result<CardFit>>;
}

export function createImporter(): ModelImporter {
  let model: ForeignModel | null = null;
  /** Whoever makes a package waits for the model that is being read. */
  let reading: Promise<unknown> = Promise.resolve();
  const read: ModelImporter['read'] = (files, options) =>
    toImported('broken', async () => {
      model = null;
      const contents = await Promise.all(
        files.map(async ({ name, data }) => ({ name, bytes: new Uint8Array(await data.arrayBuffer()) })),
      );
      model = readForeignModel(contents, options);
      const { graph: _, ...found } = model;
      return { ...found, guesses: guessesFor(model) };
    });
  return {
    read(files, options) {
      const answer = read(files, options);
      reading = answer;
      return answer;
    },
    make: (answers, golden, fit = null) =>
      toImported('no-package', async () => {
        await reading;
        if (!model) throw new Error('no model was read');
        const { card, files } = await makePackage(model, parseAnswers(answers), golden, fit);
        return { card, files: [...files].map(([name, bytes]) => ({ name, data: new Blob([bytes]) })) };
      }),
    fit: async (request, sample) => fitCard(request, sample),
  };
}

async function toImported<T>(otherwise: Reason, work: () => Promise<T>): Promise<Imported<T>> {
  try {
    return { ok: true, value: await work() };
  } catch (error) {
    return { ok: false, fault: faultOf(error, otherwise) };
  }
}

/** `otherwise`: of what no reader says. */
function faultOf(error: unknown, otherwise: Reason): ImportFault {
  if (!(error instanceof ImportProblem))
    return {
      kind: 'invalid',
      path: '',
      problem: messageOf(error),
      reason: otherwise,
      values: {},
      operations: [],
    };
  const { path, problem, reason, values } = error;
  const operations = error instanceof UnknownOperations ? [...error.operations] : [];
  const kind = error instanceof SizeNeeded ? 'size' : operations.length > 0 ? 'unknown' : 'invalid';
  return { kind, path, problem, reason, values, operations };
}
