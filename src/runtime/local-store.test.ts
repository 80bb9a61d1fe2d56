import { describe, expect, test } from 'vitest';
import { choiceMemory } from './backend-choice';
import { createLocalStore } from './local-store';
import { calibrationMemory } from './site-calibrations';

const refused = () => {
  throw new DOMException('refused', 'SecurityError');
};

/** A browser's storage, one of whose calls throws; "localStorage" is the name itself. */
function storage(broken: string) {
  const kept = new Map<string, string>();
  const calls = {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => void kept.set(name, value),
    removeItem: (name: string) => void kept.delete(name),
    ...(broken in Storage ? { [broken]: refused } : {}),
  };
  return { kept, open: () => (broken === 'localStorage' ? refused() : (calls as unknown as Storage)) };
}
const Storage = { getItem: 0, setItem: 0, removeItem: 0 };

describe.each(['localStorage', 'getItem', 'setItem', 'removeItem'])('where %s throws', (broken) => {
  test('nothing is thrown, and what is not kept is said', () => {
    const { kept, open } = storage(broken);
    const store = createLocalStore(open);
    kept.set('there', 'before');
    expect(store.read('there')).toBe(['localStorage', 'getItem'].includes(broken) ? null : 'before');
    expect(store.write('there', 'now')).toBe(!['localStorage', 'setItem'].includes(broken));
    store.remove('there');
    expect(kept.has('there')).toBe(['localStorage', 'removeItem'].includes(broken));
  });

  test('the choice of the back end and calibrations of the site work for the visit', async () => {
    const store = createLocalStore(storage(broken).open);
    const choices = choiceMemory(store);
    const choice = { name: 'wasm', times: 2, packages: 1, adapter: 'a', software: true, at: 'now' } as const;
    choices.remember(choice);
    const isKept = ['removeItem', 'none'].includes(broken);
    expect(choices.recall()).toEqual(isKept ? choice : null);
    choices.remember(null);
    const calibrations = await calibrationMemory(store);
    expect(calibrations.recall()).toEqual({ kept: [], unread: [] });
    calibrations.remember({ kept: [], unread: [] });
  });
});
