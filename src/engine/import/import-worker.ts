import { expose } from 'comlink';
import { createImporter } from './importer';

/** Off the main thread: a large model takes seconds, and a hostile one may take for ever. */
expose(createImporter());
