import { expect, test, vi } from 'vitest';
import { readText } from './read-text';

test('a text within the limit is read', async () => {
  expect(await readText(new Blob(['text']), 4, 'document-invalid')).toEqual({ ok: true, value: 'text' });
});

test('a longer one is refused before a byte of it is read', async () => {
  const file = new Blob(['longer']);
  const text = vi.spyOn(file, 'text');
  expect(await readText(file, 4, 'document-invalid')).toMatchObject({
    ok: false,
    failure: { code: 'document-invalid', detail: { problem: '6 bytes, of at most 4' } },
  });
  expect(text).not.toHaveBeenCalled();
});

test('one that is gone since it was picked is said to be unreadable', async () => {
  const file = new Blob(['gone']);
  vi.spyOn(file, 'text').mockRejectedValue(new DOMException('', 'NotFoundError'));
  expect(await readText(file, 4, 'document-invalid')).toMatchObject({
    failure: { code: 'file-unreadable' },
  });
});
