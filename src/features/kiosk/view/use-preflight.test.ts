// @vitest-environment happy-dom
import type { TFunction } from 'i18next';
import { expect, test } from 'vitest';
import { text } from '../../../ui/testing/render';
import { samplesFailure } from './use-preflight';

const found = (count: number) =>
  samplesFailure({ reason: 'missing', what: '/samples/list.json' }, count, text as TFunction);

test('where the host’s folder cannot be used, the drawn pictures are said to stand in', () => {
  expect(found(7)).toEqual({
    state: 'warning',
    sentence: '/samples/list.json is not there. Drawn pictures stand in.',
  });
});

test('where not even the drawn pictures can be had, nothing is said to stand in', () => {
  const { state, sentence } = found(0);
  expect(state).toBe('failed');
  expect(sentence).toContain('/samples/list.json is not there.');
  expect(sentence).not.toContain('stand in');
});
