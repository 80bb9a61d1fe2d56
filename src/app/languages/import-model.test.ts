import { expect, test } from 'vitest';
import { createImporter, type ImportFault } from '../../engine/import/importer';
import { type Reason, reasons } from '../../engine/import/problem';
import en from './import-model.en.json';
import ko from './import-model.ko.json';

const sentences: [string, Record<Reason, string>][] = [
  ['English', en.importModel.refused.reason],
  ['Korean', ko.importModel.refused.reason],
];

const json = (value: unknown) => ({ name: 'model.json', data: new Blob([JSON.stringify(value)]) });

/** A layers model of one dense layer that takes pictures of this shape. */
const taking = (shape: (number | null)[], layer: object = {}) =>
  json({
    modelTopology: {
      class_name: 'Sequential',
      config: {
        layers: [
          {
            class_name: 'Flatten',
            config: { name: 'flat', batch_input_shape: [null, ...shape], ...layer },
          },
        ],
      },
    },
    weightsManifest: [],
  });

async function faultOf(files: { name: string; data: Blob }[]): Promise<ImportFault> {
  const read = await createImporter().read(files);
  if (read.ok) throw new Error('was read');
  return read.fault;
}

test.each(sentences)('there is a sentence for every reason in %s', (_, texts) => {
  expect(Object.keys(texts).sort()).toEqual([...reasons].sort());
});

const weights = { paths: ['group1-shard1of1.bin'], weights: [] };
const onnx = (name: string) => ({ name, data: new Blob([new Uint8Array()]) });

test.each([
  ['no-model', [{ name: 'labels.txt', data: new Blob(['a']) }]],
  ['no-model', [onnx('a.onnx')]],
  ['several-models', [onnx('a.onnx'), onnx('b.onnx')]],
  ['not-json', [{ name: 'model.json', data: new Blob(['{']) }]],
  ['broken', [json({ weightsManifest: [] })]],
  ['weights-missing', [json({ modelTopology: { node: [] }, weightsManifest: [weights] })]],
  ['channels', [taking([224, 224, 1])]],
  ['not-square', [taking([224, 192, 3])]],
  ['side', [taking([4096, 4096, 3])]],
  ['any-size', [taking([null, null, 3])]],
  ['many-classes', [taking([32, 32, 3])]],
  [
    'operations',
    [
      json({
        modelTopology: { node: [{ name: 'a', op: 'Strange', input: [] }] },
        weightsManifest: [],
      }),
    ],
  ],
] satisfies [Reason, { name: string; data: Blob }[]][])(
  'a model is refused as "%s", with all that its sentences fill in',
  async (reason, files) => {
    const fault = await faultOf(files);
    expect(fault.reason, fault.problem).toBe(reason);
    for (const [, texts] of sentences) {
      const asked = [...texts[reason].matchAll(/\{\{(\w+)\}\}/g)].map(([, name = '']) => name);
      expect(Object.keys(fault.values)).toEqual(expect.arrayContaining(asked));
    }
  },
);

test('what no package can be made of is not called a fault of the file', async () => {
  const made = await createImporter().make(
    { id: 'Not An Id', title: 'x', domain: 'phone', input: { range: 'unit' }, classes: [] },
    null,
  );
  expect(made.ok || made.fault.reason).toBe('no-package');
});
