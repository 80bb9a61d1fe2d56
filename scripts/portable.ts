/**
 * What becomes dist/start.mjs: serves the folder that it lies in on this machine and opens the browser. Needs
 * Node and nothing else. `node start.mjs [--port 8321] [--no-open]`
 */
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { openBrowser } from './open-browser';
import { serve } from './serve';

// Its own, so that what the browser keeps for a stick is not mixed with a development server's.
const defaultPort = '8321';

const { values } = parseArgs({ options: { port: { type: 'string' }, 'no-open': { type: 'boolean' } } });
const server = await serve({
  folder: dirname(fileURLToPath(import.meta.url)),
  port: Number(values.port ?? defaultPort),
  exact: values.port !== undefined,
});
console.log(
  `Lentigo is at ${server.url}\nPhotos stay on this machine. Close this window, or press Ctrl+C, to stop.`,
);
if (!values['no-open']) openBrowser(server.url);
