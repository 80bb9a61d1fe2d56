import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Plugin } from 'vite';
import type { Card } from '../src/core/card/card';
import { heicDecoderSources } from './heic-decoder.ts';
import { licencesPage, type PackageLicence } from './licences-page.ts';

/**
 * The files in which packages keep their licences; a package of a font has one for its code and one for the
 * font.
 */
const licenceFile = /^(licen[cs]e|copying|notice)/i;

/**
 * Writes licences.html: the licence of our code, those of the weights in public/models, and the texts of
 * every package whose code or files are in the build. The page and the worker are two bundles, so `collect`
 * stands in the lists of plugins of both.
 */
export class Licences {
  /** Folders of the packages from which something came into the build. */
  private readonly folders = new Set<string>();

  constructor(private readonly root: string) {}

  collect(): Plugin {
    return {
      name: 'lentigo:licences-collect',
      apply: 'build',
      generateBundle: (_options, bundle) => {
        for (const output of Object.values(bundle)) {
          const files = output.type === 'chunk' ? output.moduleIds : output.originalFileNames;
          for (const file of files) this.note(resolve(this.root, file.replace(/[?\0].*/, '')));
        }
      },
    };
  }

  page(): Plugin {
    const { folders, root } = this;
    return {
      name: 'lentigo:licences-page',
      apply: 'build',
      generateBundle: {
        // After every package has been noted; the worker's bundle is made before the page's.
        order: 'post',
        async handler() {
          const source = licencesPage({
            code: readFileSync(join(root, 'LICENSE'), 'utf8'),
            notice: readFileSync(join(root, 'NOTICE'), 'utf8'),
            weights: cardsIn(join(root, 'public/models')),
            packages: [...folders].map(licenceOf).sort((a, b) => a.name.localeCompare(b.name)),
            decoder: await heicDecoderSources(root),
            // The LGPL is written as an addition to the GPL and asks for both texts.
            gpl: readFileSync(join(root, 'vite/licences/gpl-3.0.txt'), 'utf8'),
          });
          this.emitFile({ type: 'asset', fileName: 'licences.html', source });
        },
      },
    };
  }

  private note(file: string): void {
    const [, folder] = /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file.replaceAll('\\', '/')) ?? [];
    if (folder) this.folders.add(folder);
  }
}

function licenceOf(folder: string): PackageLicence {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const files = readdirSync(folder).filter((file) => licenceFile.test(file));
  const texts = files.map((file) => readFileSync(join(folder, file), 'utf8'));
  return { name, version, licence: typeof license === 'string' ? license : 'see its text', texts };
}

function cardsIn(models: string): Pick<Card, 'id' | 'title' | 'version' | 'licence' | 'data'>[] {
  const index = join(models, 'index.json');
  if (!existsSync(index)) return [];
  const { packages } = JSON.parse(readFileSync(index, 'utf8')) as { packages: string[] };
  return packages.map((id) => JSON.parse(readFileSync(join(models, id, 'card.json'), 'utf8')));
}
