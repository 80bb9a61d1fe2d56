/** `npm start`: builds the app where needed, serves it on this machine and opens it in the browser. */
import { parseArgs } from 'node:util';
import { buildWhenStale, builtApp } from './build';
import { main, Stop } from './command';
import { openBrowser } from './open-browser';
import { serve } from './serve';

const defaultPort = 5173;

function readOptions(): { port: number; exact: boolean; open: boolean } {
  const usage = 'Usage: npm start -- [--port 5173] [--no-open]';
  try {
    const { values } = parseArgs({ options: { port: { type: 'string' }, 'no-open': { type: 'boolean' } } });
    const port = Number(values.port ?? defaultPort);
    if (!Number.isInteger(port) || port < 0 || port > 65535) throw new Error(`${values.port} is not a port.`);
    return { port, exact: values.port !== undefined, open: !values['no-open'] };
  } catch (error) {
    throw new Stop(`${error instanceof Error ? error.message : error}\n${usage}`, 2);
  }
}

await main(async () => {
  const { port, exact, open } = readOptions();
  await buildWhenStale();
  const server = await serve({ folder: builtApp, port, exact }).catch((error: Error) => {
    throw new Stop(`${error.message} Choose another with: npm start -- --port 8080`);
  });
  console.log(`Lentigo is at ${server.url}\nPhotos stay on this machine. Press Ctrl+C to stop.`);
  if (open) openBrowser(server.url);
  await new Promise<void>((stop) => {
    // Ctrl+C comes twice: from the terminal, and passed on by run.mjs.
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => stop());
  });
  await server.close();
  return 0;
});
