import { expose } from 'comlink';
import { openCases } from './database';
import { createImporter } from './importer';
import { changesChannel } from './store';

/** Reads and writes an archive of cases off the main thread: a large one takes minutes. */
expose(
  createImporter(
    () => openCases(),
    () => {
      const channel = new BroadcastChannel(changesChannel);
      channel.postMessage('written');
      channel.close();
    },
  ),
);
