import { expect, test } from 'vitest';
import { type BackendChoice, choiceMemory } from './backend-choice';
import { createLocalStore } from './local-store';

const choice: BackendChoice = {
  name: 'wasm',
  times: 1.5,
  packages: 3,
  adapter: 'SwiftShader',
  software: true,
  at: '2026-01-01T00:00:00.000Z',
};

/** Local storage as an object. */
function memory(content: Record<string, string> = {}) {
  const storage = {
    getItem: (key: string) => content[key] ?? null,
    setItem: (key: string, value: string) => void Object.assign(content, { [key]: value }),
    removeItem: (key: string) => void delete content[key],
  };
  return choiceMemory(createLocalStore(() => storage as unknown as Storage));
}

test('a choice is recalled as it was remembered, and forgotten with null', () => {
  const { recall, remember } = memory();
  expect(recall()).toBeNull();
  remember(choice);
  expect(recall()).toEqual(choice);
  remember(null);
  expect(recall()).toBeNull();
});

test.each<[string, unknown]>([
  ['no JSON', undefined],
  ['null', null],
  ['another back end', { ...choice, name: 'webgl' }],
  ['slower than the other', { ...choice, times: 0.5 }],
  ['a share of a package', { ...choice, packages: 1.5 }],
  ['no adapter', { ...choice, adapter: undefined }],
  ['a word for the emulation', { ...choice, software: 'yes' }],
])('what is no choice is none: %s', (_, stored) => {
  const text = stored === undefined ? '{' : JSON.stringify(stored);
  expect(memory({ 'lentigo-backend': text }).recall()).toBeNull();
});

test('barred storage costs only the memory', () => {
  const barred = choiceMemory(
    createLocalStore(() => {
      throw new DOMException('barred');
    }),
  );
  expect(barred.recall()).toBeNull();
  expect(() => barred.remember(choice)).not.toThrow();
});
