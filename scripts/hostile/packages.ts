import { createHash } from 'node:crypto';
import { strToU8, unzipSync, zipSync } from 'fflate';
import type { TinyPackage } from '../../src/engine/testing/build-package';
import { tinyPackage } from '../../src/engine/testing/tiny-package';
import { type Bytes, bytesOf } from './bytes';
import { cuts, each, type Hostile, join, notJson, range, withNumber } from './make';
import { archive, packageZip } from './seeds';

type Nodes = { name: string; op: string; input?: string[]; attr?: Record<string, unknown> }[];

/** A package whose files were changed after the card described them, as a zip. */
const tampered = (name: string, change: (bytes: Bytes) => Bytes): Bytes => {
  const tiny = tinyPackage();
  return packageZip({ [name]: change(new Uint8Array(tiny.files.get(name) ?? [])) }, tiny);
};

/** A package with another graph, and a card that describes it as it is. */
function withGraph(change: (nodes: Nodes) => void, tiny: TinyPackage = tinyPackage()): Bytes {
  const model = JSON.parse(new TextDecoder().decode(tiny.files.get('model.json')));
  change(model.modelTopology.node);
  const bytes = bytesOf(JSON.stringify(model));
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const files = tiny.card.files.map((file) =>
    file.path === 'model.json' ? { ...file, bytes: bytes.length, sha256 } : file,
  );
  return packageZip(
    { 'model.json': bytes, 'card.json': bytesOf(JSON.stringify({ ...tiny.card, files })) },
    tiny,
  );
}

export function packages(): Hostile[] {
  const names = [...tinyPackage().files.keys()].filter((name) => name !== 'card.json');
  const node = (nodes: Nodes, name: string) => nodes.find((other) => other.name === name) as Nodes[number];
  const zip = packageZip();
  return [
    ...each('model package', 'no zip, or one that is cut off', 'added-absent', [
      bytesOf('x'),
      ...cuts(zip, 1),
    ]),
    ...each('model package', 'no card', 'added-absent', [packageZip({ 'card.json': null })]),
    ...each('model package', 'a zip within a zip', 'added-absent', [
      new Uint8Array(zipSync({ 'inner.zip': zip })),
    ]),
    ...each(
      'model package',
      'a card that is no JSON',
      'added-invalid',
      notJson.map((bytes) => packageZip({ 'card.json': bytes })),
    ),
    ...each(
      'model package',
      'a file that is missing',
      'added-incomplete',
      names.map((name) => packageZip({ [name]: null })),
    ),
    ...each(
      'model package',
      'a file that was changed',
      'added-tampered',
      names.flatMap((name) => [
        tampered(name, (bytes) => Uint8Array.from(bytes, (byte, at) => (at === 7 ? byte ^ 1 : byte))),
        tampered(name, (bytes) => bytes.slice(1)),
        tampered(name, (bytes) => join(bytes, [0])),
      ]),
    ),
    ...each('model package', 'a graph that cannot run', 'added-invalid', [
      withGraph((nodes) => Object.assign(node(nodes, 'mean'), { op: 'Magic' })),
      withGraph((nodes) => Object.assign(node(nodes, 'mean'), { input: ['features', 'nowhere'] })),
      withGraph((nodes) =>
        Object.assign(node(nodes, 'features'), { input: ['cam', 'conv/weight', 'conv/bias'] }),
      ),
      withGraph((nodes) => nodes.splice(0, nodes.length)),
      withGraph((nodes) => nodes.push(...nodes.map((other) => ({ ...other })))),
    ]),
  ];
}

export async function archives(): Promise<Hostile[]> {
  const sound = await archive();
  const files = unzipSync(sound);
  const rezipped = (change: Record<string, string>) =>
    new Uint8Array(
      zipSync({ ...files, ...Object.fromEntries(Object.entries(change).map(([k, v]) => [k, strToU8(v)])) }),
    );
  const manifest = JSON.parse(new TextDecoder().decode(files['lentigo.json']));
  const directory = sound.findLastIndex((_, at) => isEntry(sound, at));
  const reader = 'archive of cases';
  return [
    ...each(reader, 'no zip, or one that is cut off', 'archive-unreadable', [
      bytesOf('x'),
      ...cuts(sound, 1),
    ]),
    ...each(reader, 'a zip of something else', 'archive-unreadable', [
      new Uint8Array(zipSync({ 'a.txt': strToU8('a') })),
      new Uint8Array(zipSync({ 'inner.zip': sound })),
      packageZip(),
    ]),
    ...each(reader, 'an entry that claims 6 GB', 'archive-too-large', [
      // Past the limit in two: each entry's length has 32 bits.
      lyingTwice(sound),
    ]),
    // That entry is cut off and is left out, named; the others come in.
    ...each(reader, 'a packed length beyond the end of the file', 'read in part', [
      withNumber(sound, directory + 20, 0x7fffffff, true),
    ]),
    ...each(reader, 'an unpacked length of 1', 'archive-unreadable', [
      withNumber(sound, sound.findIndex((_, at) => isEntry(sound, at)) + 24, 1, true),
    ]),
    ...each(
      reader,
      'a manifest that is none',
      'archive-unreadable',
      notJson.map((bytes) => rezipped({ 'lentigo.json': new TextDecoder().decode(bytes) })),
    ),
    ...each(reader, 'a manifest of a later version', 'archive-newer', [
      rezipped({ 'lentigo.json': JSON.stringify({ ...manifest, schema: 99 }) }),
    ]),
    ...each(
      reader,
      'a list that is none',
      'read in part',
      ['patients', 'lesions', 'photos', 'entries'].flatMap((name) =>
        ['{', '7', '{"__proto__":[]}', '[{"id":"../x"}]', '[null,[],{}]'].map((text) =>
          rezipped({ [`${name}.json`]: text }),
        ),
      ),
    ),
  ];
}

/** Whether an entry of a zip's directory begins here (APPNOTE.TXT, 4.3.12). */
const isEntry = (zip: Bytes, at: number): boolean =>
  [0x50, 0x4b, 1, 2].every((byte, index) => zip[at + index] === byte);

/** Every entry of the directory claims 3 GiB unpacked: two are past the limit, each within its 32 bits. */
function lyingTwice(zip: Bytes): Bytes {
  const entries = range(zip.length).filter((at) => isEntry(zip, at));
  return entries.reduce((lying, at) => withNumber(lying, at + 24, 3 * 2 ** 30, true), zip);
}
