import type { Analysis } from '../../../../core/analysis';
import { measureEvaluation } from '../../../../core/evaluation/measured';
import { failure, type Result, success } from '../../../../core/failure';
import { exampleAnalysis, exampleCard } from '../../../../core/fixtures/analysis';
import type { AnalyseRequest, BackendStatus } from '../../../../engine/engine';
import { fakeEngine } from '../../../../engine/testing/fake-engine';
import { textOf } from '../../../../engine/testing/text-of';
import { createRuntime } from '../../../../runtime/runtime';
import { createArchive } from '../archive';
import { createEvaluation, type EvaluationOptions } from '../evaluation';
import { type Folder, folderOfFiles } from '../folder';
import type { Evaluation } from '../state';

/** Evaluations of a folder that is not there, by an engine that only reads the text of a file. */

export const id = exampleCard.id;

const wasm: BackendStatus = {
  name: 'wasm',
  adapter: 'WASM',
  software: false,
  threads: 2,
  skippedBackends: [],
};
const names = Array.from({ length: 8 }, (_, index) => `photo${index}.jpg`);

/** A folder as an input of the page gives it: the text of each file by its path. */
export function folder(files: Record<string, string>, name = 'archive'): Folder {
  return folderOfFiles(
    Object.entries(files).map(([path, text]) => {
      const file = new File([text], path.slice(path.lastIndexOf('/') + 1));
      Object.defineProperty(file, 'webkitRelativePath', { value: `${name}/${path}` });
      return file;
    }),
  );
}

export const labels = (rows: string[]) => `file,label,lesion_id\n${rows.join('\n')}\n`;

/** Eight photos, nevi and melanomas in turn, with their table. */
export const wholeFolder = (changes: Record<string, string> = {}) =>
  folder({
    ...Object.fromEntries(names.map((name, index) => [name, index % 2 ? 'm' : 'n'])),
    'labels.csv': labels(names.map((name, index) => `${name},${index % 2 ? 'Melanoma' : 'nevus'},L${index}`)),
    ...changes,
  });

/** An answer of `exampleCard`. */
export const melanomaWith = (mel: number): Analysis =>
  exampleAnalysis({
    probabilities: [
      { id: 'nv', logit: 0, raw: 1 - mel, calibrated: 1 - mel },
      { id: 'mel', logit: 0, raw: mel, calibrated: mel },
    ],
  });

interface Options extends Pick<EvaluationOptions, 'open' | 'otherTabs' | 'readSkin'> {
  /** `text`: what is in the file. */
  analyse: (text: string, request: AnalyseRequest) => Promise<Result<Analysis>>;
}

/** A tab of its own, with the archive that every tab of the test has. */
export function startEvaluation({ analyse, ...options }: Options): Evaluation {
  const engine = fakeEngine({
    packages: async () => success([exampleCard]),
    backend: async () => success(wasm),
    load: async () =>
      success({
        id,
        fromCache: true,
        cached: true,
        milliseconds: 1,
        golden: { difference: 0, tolerance: 1 },
        backend: wasm,
      }),
    analyse: async (photo, request, given) => {
      const text = await textOf(photo);
      return given?.signal?.aborted ? failure('cancelled') : analyse(text, request);
    },
  });
  return createEvaluation({
    engine,
    runtime: createRuntime(engine),
    archive: createArchive(),
    measure: async (input) => measureEvaluation(input, { resamples: 20 }),
    ...options,
  });
}
