import { expectAccessible } from './accessible';
import { expect, test } from './app';
import { heldBackPhotos, needsPhotos } from './photos';
import { colorSchemes, turn } from './schemes';

for (const viewport of [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
]) {
  test(`no violations of accessibility rules, light and dark: ${viewport.width} pixels wide`, async ({
    app,
    page,
    site,
  }) => {
    needsPhotos();
    const check = async (state: string) => {
      for (const colorScheme of colorSchemes) {
        await turn(page, colorScheme);
        await expectAccessible(page, `${state}, ${colorScheme}`);
      }
    };
    await page.setViewportSize(viewport);
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await app.open(site);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await check('empty');

    await app.chooseBackend('wasm');
    await app.drop(heldBackPhotos('mel', 1)[0] ?? '');
    await app.shownProbabilities();
    await check('answer');

    await app.pick({ name: 'mole.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('no photo') });
    await expect(app.answer.getByRole('alert')).toBeVisible();
    await check('error');
  });
}
