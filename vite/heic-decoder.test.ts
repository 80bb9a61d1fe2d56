import { expect, test } from 'vitest';
import manifest from '../node_modules/libheif-js/package.json';
import { root } from '../scripts/command';
import { heicDecoderSources } from './heic-decoder';
import { licencesPage } from './licences-page';

test('the licences page names the decoder’s libraries with their versions and sources', async () => {
  const sources = await heicDecoderSources(root);
  expect(sources.map(({ name }) => name)).toEqual(['libheif', 'libde265', 'libheif-js']);
  for (const { version } of sources) expect(version).toMatch(/^\d+\.\d+\.\d+$/);
  // The package follows libheif's own number, but for the last part.
  const [heif] = sources;
  expect(heif?.version.split('.').slice(0, 2)).toEqual(manifest.version.split('.').slice(0, 2));
  const page = licencesPage({ code: '', notice: '', weights: [], packages: [], gpl: '', decoder: sources });
  for (const { name, version, source } of sources) {
    expect(page).toContain(`${name} ${version}`);
    expect(page).toContain(`href="${source}"`);
  }
});
