import { expect, test } from 'vitest';
import { createFolds } from './folds';

/** A browser's store, with this in it. */
function storeOf(kept: string | null) {
  const content = { text: kept };
  return {
    read: () => content.text,
    write(_name: string, text: string) {
      content.text = text;
      return true;
    },
  };
}

test('what was opened or folded is so at the next visit, and what is new is as it is at first', () => {
  const storage = storeOf(null);
  const first = createFolds(storage);
  expect(first.store.getState()).toMatchObject({ probabilities: true, lesion: false });
  first.setOpen('lesion', true);
  first.setOpen('probabilities', false);
  expect(createFolds(storage).store.getState()).toMatchObject({ probabilities: false, lesion: true });
  expect(createFolds(storeOf('{"lesion":true}')).store.getState()).toMatchObject({
    probabilities: true,
    lesion: true,
  });
});

test.each(['', '{', 'null', '[1]', '{"lesion":"yes","other":true}'])(
  'what is none is left out: %s',
  (kept) => {
    const fresh = createFolds(storeOf(null)).store.getState();
    expect(createFolds(storeOf(kept)).store.getState()).toEqual(fresh);
  },
);
