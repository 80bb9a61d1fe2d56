import type { Installation } from '../runtime/installation';

/**
 * A page whose parts the server no longer has: another build is there, and what this one fetches late is gone. The
 * page that is served now is looked at; where it is another one, it is taken: by itself where nothing would be lost,
 * else with the notice that a newer version is ready. Where it is the same, or none, nothing is done, and the screen
 * says that it could not be shown. https://vite.dev/guide/build#load-error-handling
 */
export interface StalePage {
  /** False while photos are open or an engine has work. */
  isIdle: () => boolean;
  installation: Pick<Installation, 'propose'>;
  /** Left out, those of the browser. */
  reload?: () => void;
  fetch?: typeof globalThis.fetch;
  storage?: Pick<Storage, 'getItem' | 'setItem'> | null;
  /** The script that this page began with. */
  own?: string | null;
  /** Ends the watch. */
  signal?: AbortSignal;
}

/** The builds that reloaded by themselves in this tab: each once, so that two of them never take turns. */
const triedKey = 'lentigo-stale-builds';
/** Screens that hold in memory what somebody made there: results, a folder, a model, a visit. */
const holding = ['evaluate', 'benchmark', 'models', 'quiz', 'kiosk', 'self-check'];

export function watchStalePage({
  isIdle,
  installation,
  reload = () => location.reload(),
  fetch = globalThis.fetch.bind(globalThis),
  storage = storageHere(),
  own = entryOf(document),
  signal,
}: StalePage): void {
  let untouched = true;
  let looking = false;
  const touch = () => {
    untouched = false;
  };
  const listening = signal ? { capture: true, signal } : { capture: true };
  for (const type of ['input', 'change', 'drop', 'paste']) addEventListener(type, touch, listening);
  // The screen that is left; the one that could not be fetched holds nothing.
  addEventListener(
    'hashchange',
    (event) => {
      if (holding.includes(pathOf((event as HashChangeEvent).oldURL))) touch();
    },
    listening,
  );
  addEventListener('vite:preloadError', () => void look(), listening);

  async function look(): Promise<void> {
    if (looking || own === null) return;
    looking = true;
    const served = await entryServed(fetch);
    looking = false;
    if (served === null || served === own) return;
    if (untouched && isIdle() && rememberTry(storage, own)) reload();
    else installation.propose('update');
  }
}

const pathOf = (url: string) => /#\/([^/?]*)/.exec(url)?.[1] ?? '';

/** The script that a page begins with, whose name changes with each build. */
function entryOf(page: Document): string | null {
  return page.querySelector('script[type="module"][src]')?.getAttribute('src') ?? null;
}

/** Of the page that would come now; null where none comes, or another such as the sign-in page of a network. */
async function entryServed(fetch: typeof globalThis.fetch): Promise<string | null> {
  try {
    const response = await fetch(location.href.replace(/[?#].*/, ''), { cache: 'no-store' });
    if (!response.ok) return null;
    const page = new DOMParser().parseFromString(await response.text(), 'text/html');
    return page.getElementById('root') && entryOf(page);
  } catch {
    return null;
  }
}

/** False where this build has reloaded before, or where the tab keeps nothing and nobody could tell. */
function rememberTry(storage: StalePage['storage'], build: string): boolean {
  try {
    const tried = storage?.getItem(triedKey)?.split('\n') ?? [];
    if (!storage || tried.includes(build)) return false;
    storage.setItem(triedKey, [...tried, build].join('\n'));
    return true;
  } catch {
    return false;
  }
}

function storageHere(): Storage | null {
  try {
    return sessionStorage;
  } catch {
    return null;
  }
}
