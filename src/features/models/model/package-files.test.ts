import { strToU8, zipSync } from 'fflate';
import { expect, test } from 'vitest';
import { packagesIn } from './package-files';

function file(path: string, text = path): File {
  const made = new File([text], path.split('/').at(-1) ?? '');
  return Object.assign(made, { path: `./${path}` });
}

const names = async (files: File[]) =>
  (await packagesIn(files)).map(({ name, files }) => [name, files.map((file) => file.name).sort()]);

test('a dropped folder is one package, whatever stands beside it', async () => {
  const dropped = [
    file('mine/card.json'),
    file('mine/model.json'),
    file('mine/.DS_Store'),
    file('readme.txt'),
  ];
  expect(await names(dropped)).toEqual([['mine', ['card.json', 'model.json']]]);
});

test('a folder of packages, and files without a folder', async () => {
  const dropped = [file('models/a/card.json'), file('models/b/card.json'), file('models/index.json')];
  expect(await names(dropped)).toEqual([
    ['a', ['card.json']],
    ['b', ['card.json']],
  ]);
  expect(await names([file('card.json'), file('model.json')])).toEqual([['', ['card.json', 'model.json']]]);
});

test('a zip holds what was packed, byte by byte', async () => {
  const zip = zipSync({
    'mine/card.json': strToU8('{"a":1}'),
    'mine/group1-shard1of1.bin': Uint8Array.of(0, 255, 7),
  });
  const [found] = await packagesIn([new File([zip as Uint8Array<ArrayBuffer>], 'mine.zip')]);
  expect(found?.name).toBe('mine');
  const data = found?.files.find(({ name }) => name.endsWith('.bin'))?.data;
  expect([...new Uint8Array((await data?.arrayBuffer()) as ArrayBuffer)]).toEqual([0, 255, 7]);
});

test('without a card, what there was is handed on; a broken zip throws', async () => {
  expect(await names([file('holiday/beach.jpg')])).toEqual([['holiday', ['beach.jpg']]]);
  await expect(packagesIn([new File(['no zip'], 'broken.zip')])).rejects.toThrow();
});
