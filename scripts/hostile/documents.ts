import { tinyPackage } from '../../src/engine/testing/tiny-package';
import { type Bytes, bytesOf } from './bytes';
import { each, type Hostile, notJson } from './make';
import { document } from './seeds';

/** A sound object as text, with each of its fields in turn replaced by what no field expects. */
function eachFieldWrong(text: string, keep: readonly string[] = []): Bytes[] {
  const json = JSON.parse(text) as Record<string, unknown>;
  const wrong = (value: unknown) =>
    [[], 7.5, 'x'].filter((odd) => typeof odd !== typeof value || Array.isArray(odd));
  return Object.keys(json)
    .filter((name) => !keep.includes(name))
    .flatMap((name) =>
      wrong(json[name])
        .filter((odd) => !(Array.isArray(odd) && Array.isArray(json[name])))
        .map((odd) => bytesOf(JSON.stringify({ ...json, [name]: odd }))),
    );
}

export function documents(): Hostile[] {
  const card = JSON.stringify(tinyPackage().card);
  const deep = bytesOf(`${'['.repeat(100_000)}${']'.repeat(100_000)}`);
  const polluting = bytesOf('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}');
  return [
    ...each('analysis as JSON', 'no JSON', 'document-invalid', notJson),
    ...each('analysis as JSON', 'a field of another type', 'document-invalid', eachFieldWrong(document())),
    ...each('analysis as JSON', '100,000 brackets, or a prototype', 'document-invalid', [deep, polluting]),
    ...each('list of models', 'no JSON', 'not JSON', notJson),
    ...each(
      'list of models',
      'another shape',
      'package-invalid',
      ['7', 'null', '[]', '{}', '{"packages":{}}'].map(bytesOf),
    ),
    ...each('list of models', '100,000 brackets, or a prototype', 'package-invalid', [deep, polluting]),
    ...each('model card', 'no JSON', 'not JSON', notJson),
    ...each('model card', 'a field of another type', 'package-invalid', eachFieldWrong(card)),
    ...each(
      'model card',
      'an id that leaves its folder',
      'package-invalid',
      ['../x', 'a/b', '', '__proto__', 'A B', '.'].map((id) =>
        bytesOf(JSON.stringify({ ...JSON.parse(card), id })),
      ),
    ),
    ...each(
      'case records',
      'another shape',
      'listed as unreadable',
      ['7', 'null', '{}', '[[]]', '[{"id":7}]'].map(bytesOf),
    ),
    ...each('case records', '100,000 brackets, or a prototype', 'listed as unreadable', [deep, polluting]),
  ];
}
