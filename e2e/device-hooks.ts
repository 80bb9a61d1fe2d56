import type { Page, Worker } from '@playwright/test';

/**
 * Hooks of tests alone, put in front of the built worker: it keeps the GPU devices that it gives out, and
 * destroys the newest one under the next work that is submitted to it where it was told to.
 */
const deviceHooks = `{
  globalThis.devices = [];
  globalThis.destroyAtNextSubmit = false;
  const ask = GPUAdapter.prototype.requestDevice;
  GPUAdapter.prototype.requestDevice = async function (...given) {
    const device = await ask.apply(this, given);
    globalThis.devices.push(device);
    return device;
  };
  const submit = GPUQueue.prototype.submit;
  GPUQueue.prototype.submit = function (...given) {
    if (globalThis.destroyAtNextSubmit) {
      globalThis.destroyAtNextSubmit = false;
      globalThis.devices.at(-1).destroy();
    }
    return submit.apply(this, given);
  };
}
`;

interface HookedScope {
  devices: GPUDevice[];
  destroyAtNextSubmit: boolean;
}

/** To be called before the page is opened: its engine's worker will have the hooks. */
export async function hookDevices(page: Page): Promise<void> {
  await page.route(/\/worker-[^/]*\.js$/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: deviceHooks + (await response.text()) });
  });
}

/**
 * Destroys the GPU device under the next work of the engine's worker; gives what counts the devices that
 * there have been.
 */
export async function destroyAtNextSubmit(page: Page): Promise<() => Promise<number>> {
  const worker = await engineWorker(page);
  await worker.evaluate(() => {
    (globalThis as unknown as HookedScope).destroyAtNextSubmit = true;
  });
  return () => worker.evaluate(() => (globalThis as unknown as HookedScope).devices.length);
}

/** The worker that has the hooks. */
async function engineWorker(page: Page): Promise<Worker> {
  for (const worker of page.workers()) {
    if (await worker.evaluate(() => 'devices' in globalThis)) return worker;
  }
  throw new Error('The engine has no worker with the hooks of this test.');
}
