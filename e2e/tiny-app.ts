import { test as base } from './app';
import { type TinyModels, writeTinyModels } from './tiny-models';

/** `test` for the app around its models: `tinySite` is its address, with networks so small that none is waited for. */
export const test = base.extend<{ tinySite: string }, { tinyModels: TinyModels }>({
  tinyModels: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads which fixtures are wanted from this pattern.
    async ({}, use) => {
      const models = await writeTinyModels();
      await use(models);
      models.remove();
    },
    { scope: 'worker' },
  ],
  tinySite: async ({ serveVariant, tinyModels }, use) =>
    use(await serveVariant({ mounts: { '/models/': tinyModels.folder } })),
});
