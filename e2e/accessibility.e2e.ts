import { expectAccessible } from './accessible';
import { expect, test } from './app';
import { heldBackPhotos, needsPhotos } from './photos';

for (const colorScheme of ['light', 'dark'] as const) {
  for (const viewport of [
    { width: 1440, height: 900 },
    { width: 390, height: 844 },
  ]) {
    test(`no violations of accessibility rules: ${colorScheme}, ${viewport.width} pixels wide`, async ({
      app,
      page,
      site,
    }) => {
      needsPhotos();
      await page.setViewportSize(viewport);
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await app.open(site);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await expectAccessible(page, 'empty');

      await app.chooseBackend('wasm');
      await app.drop(heldBackPhotos('mel', 1)[0] ?? '');
      await app.shownProbabilities();
      await expectAccessible(page, 'answer');

      await app.pick({ name: 'mole.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('no photo') });
      await expect(app.answer.getByRole('alert')).toBeVisible();
      await expectAccessible(page, 'error');
    });
  }
}
