import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../scripts/command';
import { en, expect } from './app';
import { queueOf } from './queue';
import { test } from './tiny-app';

const photo = join(root, '../shared/cases/50-many-photos/photo.jpg');

test('a photo under 200 names is a list of 200, which answers a press while photos are opened', async ({
  app,
  page,
  tinySite,
}) => {
  test.skip(!existsSync(photo), 'without ../shared/cases');
  const thrown: string[] = [];
  page.on('pageerror', ({ message }) => thrown.push(message));
  await app.open(tinySite);
  await app.chooseBackend('wasm');
  const buffer = readFileSync(photo);
  await app.pick(
    Array.from({ length: 200 }, (_, index) => ({ name: `${index}.jpg`, mimeType: 'image/jpeg', buffer })),
  );
  await expect(queueOf(page).getByText(/^\d+ of 200 answered/)).toBeVisible();
  await queueOf(page)
    .getByRole('listitem')
    .filter({ hasText: '3.jpg' })
    .first()
    .getByRole('button')
    .first()
    .click();
  await expect(page.getByText('3.jpg').first()).toBeVisible();
  await expect(queueOf(page).getByText(/^[1-9]\d* of 200 answered/)).toBeVisible();
  expect(await page.getByText(en.failure.internal.sentence).count()).toBe(0);
  expect(thrown).toEqual([]);
});
