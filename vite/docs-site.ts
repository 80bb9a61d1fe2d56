import { join } from 'node:path';
import { build, type Plugin, type Rolldown } from 'vite';
import { readDocsSite, searchIndexName } from './docs-site/site.ts';

const browserScript = 'vite/docs-site/browser/main.ts';

/**
 * Turns docs/ into a small site at docs/ of the app: pages of plain HTML, a search that runs in the browser, and
 * nothing from elsewhere. docs/decisions/0004-documentation-site.md has the reasons. `collect` notes the licences of
 * what comes into its script.
 */
export function docsSite(root: string, collect: () => Plugin): Plugin {
  return {
    name: 'lentigo:docs-site',
    // The development server makes a page when it is asked for, so that a reload shows what was written.
    configureServer({ middlewares }) {
      middlewares.use('/docs', (request, response, next) => {
        const path = decodeURI((request.url ?? '/').split('?')[0] ?? '').slice(1);
        const address = path.replace(/(^|\/)$/, '$1index.html');
        if (!/\.html$|^search-index\.json$|^favicon\.svg$/.test(address)) return next();
        const site = readDocsSite(root);
        const page = site.pages.find((page) => page.address === address);
        const assets = { script: `/${browserScript}`, style: null, policy: false };
        if (address === searchIndexName) send('application/json', site.searchIndex());
        else if (address === 'favicon.svg') send('image/svg+xml', site.icon());
        else if (page) send('text/html', site.html(page, assets));
        else next();

        function send(type: string, body: string | Buffer) {
          response.setHeader('Content-Type', `${type}; charset=utf-8`);
          response.end(body);
        }
      });
    },
    async generateBundle() {
      const site = readDocsSite(root);
      const emit = (address: string, source: string | Uint8Array) =>
        this.emitFile({ type: 'asset', fileName: `docs/${address}`, source });
      const assets = { script: 'site.js', style: 'site.css', policy: true };
      for (const page of site.pages) emit(page.address, site.html(page, assets));
      for (const [address, picture] of site.pictures()) emit(address, picture);
      emit(searchIndexName, site.searchIndex());
      emit('favicon.svg', site.icon());
      for (const file of await browserFiles(root, collect())) {
        emit(file.fileName, file.type === 'chunk' ? file.code : file.source);
      }
    },
  };
}

/** site.js with site.css, and search.js, which it fetches when somebody searches. */
async function browserFiles(root: string, collect: Plugin): Promise<Rolldown.RolldownOutput['output']> {
  const output = await build({
    configFile: false,
    root,
    base: './',
    publicDir: false,
    logLevel: 'warn',
    plugins: [collect],
    build: {
      write: false,
      target: 'es2023',
      cssCodeSplit: false,
      modulePreload: false,
      rolldownOptions: {
        input: join(root, browserScript),
        output: {
          entryFileNames: 'site.js',
          chunkFileNames: '[name].js',
          assetFileNames: 'site.[ext]',
        },
      },
    },
  });
  if (!('output' in output)) throw new Error('The script of the documentation was built more than once.');
  return output.output;
}
