import { ImportProblem, SizeNeeded, UnknownOperations } from '../../src/engine/import/problem';
import { type ModelBytes, readForeignModel } from '../../src/engine/import/read-model';
import { packagesIn } from '../../src/features/models/model/package-files';
import { graphModel, teachableMachine, withModelJson } from './small-models';

/** Readers of models of other formats, up to what the screen says of them. */

async function imported(
  files: () => readonly ModelBytes[] | Promise<readonly ModelBytes[]>,
): Promise<string> {
  try {
    readForeignModel(await files());
    return 'read';
  } catch (error) {
    if (error instanceof UnknownOperations) return 'unknown operation';
    if (error instanceof SizeNeeded) return 'size is asked for';
    if (error instanceof ImportProblem) return 'refused by its field';
    throw error;
  }
}

const graph = graphModel();
const layers = teachableMachine();

export const modelReaders = {
  'ONNX model': (bytes: Uint8Array<ArrayBuffer>) => imported(() => [{ name: 'model.onnx', bytes }]),
  'graph model (model.json)': (bytes: Uint8Array<ArrayBuffer>) => imported(() => withModelJson(graph, bytes)),
  'layers model (model.json)': (bytes: Uint8Array<ArrayBuffer>) =>
    imported(() => withModelJson(layers, bytes)),
  'Teachable Machine zip': (bytes: Uint8Array<ArrayBuffer>) =>
    imported(async () => {
      const found = await packagesIn([new File([bytes], 'converted.zip')]).catch((error: unknown) => {
        // The screen says so, as of a package.
        throw new ImportProblem('files', String(error));
      });
      const files = found[0]?.files ?? [];
      return Promise.all(
        files.map(async ({ name, data }) => ({ name, bytes: new Uint8Array(await data.arrayBuffer()) })),
      );
    }),
};
