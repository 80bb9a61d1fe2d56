import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../../scripts/command';
import { prune } from '../../src/engine/graph/prune';
import { readCard, readStored } from '../compare/host';
import { toOnnx, writable } from './export';

const models = join(root, 'public', 'models');
const networks = readdirSync(models, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && (readCard(entry.name).task as string) !== 'panel')
  .map(({ name }) => name);

test.each(networks)('%s has only operations that can be written as ONNX', (id) => {
  const { modelTopology } = JSON.parse(readFileSync(join(models, id, 'model.json'), 'utf8')) as {
    modelTopology: { node: { op: string }[] };
  };
  expect(modelTopology.node.map(({ op }) => op).filter((op) => !writable.has(op))).toEqual([]);
});

test.each(['acne-cnn', 'unet-lite0-lesion'])('%s is written whole', async (id) => {
  const { graph } = await readStored(readCard(id));
  expect(toOnnx(prune(graph)).byteLength).toBeGreaterThan(readCard(id).architecture.parameters);
});
