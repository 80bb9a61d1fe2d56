import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { builtApp } from '../../scripts/build';
import { root } from '../../scripts/command';
import { sharedData } from '../../scripts/parity/references';
import { serve } from '../../scripts/serve';

/** The built app on our own server, with the real photos beside it at `photos/`. */
export interface Site {
  url: string;
  /** From then on there is no network. */
  stop(): Promise<void>;
  remove(): Promise<void>;
}

/** Offers some of the shipped packages: the large ones would take an hour of an emulated machine. */
export async function openSite(packages: readonly string[]): Promise<Site> {
  const models = mkdtempSync(join(tmpdir(), 'lentigo-models-'));
  writeFileSync(join(models, 'index.json'), JSON.stringify({ packages }));
  for (const id of packages) symlinkSync(join(root, 'public', 'models', id), join(models, id));
  const mounts = { '/models/': models, '/photos/': sharedData };
  const server = await serve({ folder: builtApp, port: 0, mounts });
  let running = true;
  const stop = async () => {
    if (running) await server.close();
    running = false;
  };
  return {
    url: server.url,
    stop,
    async remove() {
      await stop();
      rmSync(models, { recursive: true });
    },
  };
}
