import { setTimeout as wait } from 'node:timers/promises';
import type { Browser } from '@playwright/test';
import { en, expect } from './app';
import { answered, files, queueOf } from './queue';
import { test } from './tiny-app';

/** The processes of the browser's pages, with their workers. */
async function renderers(browser: Browser): Promise<number[]> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  return processInfo.flatMap(({ type, id }) => (type === 'renderer' ? [id] : []));
}

test('a tab that sleeps three times in the middle of its work goes on to the end', async ({
  app,
  browser,
  page,
  tinySite,
}) => {
  test.skip(process.platform === 'win32', 'no process can be stopped there');
  await app.open(tinySite);
  await app.chooseBackend('wasm');
  await app.pick(files(12));
  await expect(queueOf(page).getByText(/ of 12 answered/)).toBeVisible();
  for (let time = 0; time < 3; time++) {
    // As a machine that sleeps: page and workers stand still, and all timers are late.
    const stopped = await renderers(browser);
    for (const id of stopped) process.kill(id, 'SIGSTOP');
    await wait(2000);
    for (const id of stopped) process.kill(id, 'SIGCONT');
    await expect(queueOf(page).getByText(/ of 12 answered/)).toBeVisible();
  }
  await answered(page, 12);
  for (const code of ['worker-died', 'package-timeout', 'file-unreadable', 'internal'] as const)
    await expect(page.getByText(en.failure[code].sentence)).toHaveCount(0);
});
