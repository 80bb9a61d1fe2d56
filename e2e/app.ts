import { test as base, expect, type Route } from '@playwright/test';
import { builtApp } from '../scripts/build';
import { type RunningServer, type ServeOptions, serve } from '../scripts/serve';
import { AppPage, panelIds, segmenterIds } from './app-page';

export {
  AppPage,
  defaultCard,
  en,
  expectClose,
  packageId,
  probabilitiesOf,
  segmenterId,
  smallId,
} from './app-page';

interface Fixtures {
  app: AppPage;
  /** Serves the built app in another way for one test. */
  serveVariant: (options: Partial<ServeOptions>) => Promise<string>;
  /**
   * Whether the list of models has the one that outlines lesions: it takes an emulated GPU most of a minute a
   * photo.
   */
  segmenter: boolean;
  withoutSegmenter: undefined;
  /** Fails a test in which anything asked for something at another origin. */
  sameOriginOnly: undefined;
}

interface WorkerFixtures {
  /** Address of the built app, served as `npm start` serves it. */
  site: string;
}

const ownHosts = new Set<string>();

/** Says that a test serves this address itself. */
export function own(url: string): void {
  ownHosts.add(new URL(url).host);
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  site: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads which fixtures are wanted from this pattern.
    async ({}, use) => {
      const server = await start({});
      await use(server.url);
      await server.close();
    },
    { scope: 'worker' },
  ],
  // biome-ignore lint/correctness/noEmptyPattern: as above.
  serveVariant: async ({}, use) => {
    const servers: RunningServer[] = [];
    await use(async (options) => {
      const server = await start(options);
      servers.push(server);
      return server.url;
    });
    await Promise.all(servers.map((server) => server.close()));
  },
  app: async ({ page }, use) => use(new AppPage(page)),
  segmenter: [false, { option: true }],
  withoutSegmenter: [
    async ({ context, segmenter }, use) => {
      const gone = [...panelIds, ...(segmenter ? [] : segmenterIds)];
      await context.route('**/models/index.json', leaveOut(gone));
      await use(undefined);
      // A list that is still on its way when a test ends would be told as a failure of the next one.
      await context.unrouteAll({ behavior: 'ignoreErrors' });
    },
    { auto: true },
  ],
  sameOriginOnly: [
    async ({ context }, use) => {
      const foreignRequests: string[] = [];
      context.on('request', (request) => {
        const { protocol, host } = new URL(request.url());
        // Not what leaves the machine for nowhere: data, blobs, and the parts of the browser's own PDF
        // viewer.
        if (/^(https?|wss?):$/.test(protocol) && !ownHosts.has(host)) foreignRequests.push(request.url());
      });
      await use(undefined);
      expect(foreignRequests, 'requests to another origin').toEqual([]);
    },
    { auto: true },
  ],
});

/** Answers a request for the list of models with the list less some of them. */
function leaveOut(gone: readonly string[]): (route: Route) => Promise<void> {
  return async (route) => {
    // A page that reloads may have its connection reset.
    const response = await route.fetch({ maxRetries: 2 });
    if (!response.ok()) return route.fulfill({ response });
    const { packages } = (await response.json()) as { packages: string[] };
    return route.fulfill({ response, json: { packages: packages.filter((id) => !gone.includes(id)) } });
  };
}

async function start(options: Partial<ServeOptions>): Promise<RunningServer> {
  const server = await serve({ folder: builtApp, port: 0, ...options });
  own(server.url);
  return server;
}

export { expect };
