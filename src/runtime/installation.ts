import { Workbox } from 'workbox-window';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ExtrasState, Question } from '../service-worker/main';
import type { Activity } from './activity';

/**
 * Why a restart would do good: a newer build is ready, or the browser would let this page use several
 * threads.
 */
export type RestartReason = 'update' | 'isolation';

export interface InstallationState {
  /** Whether this browser keeps the page itself for a time without network. */
  shell: 'unavailable' | 'preparing' | 'ready';
  /** Null if there is none, or the person has put it off: then it comes with the next visit. */
  restart: { reason: RestartReason; waiting: boolean } | null;
  /** True where the browser offers to install the page as an app. */
  installable: boolean;
  installed: boolean;
  /**
   * HEIC photos, the Korean font and what else is fetched when first wanted; null where the page itself is
   * not kept.
   */
  extras: (ExtrasState & { busy: boolean }) | null;
}

/**
 * The page as something that stays: kept for a time without network, brought up to date, installed as an app.
 */
export interface Installation {
  store: StoreApi<InstallationState>;
  /** Says that a restart would do good. */
  propose(reason: RestartReason): void;
  /** Restarts as soon as no engine has work, in any tab. */
  restartNow(): Promise<void>;
  /** Puts the restart off, also one that waits already. */
  later(): void;
  /** Shows the browser's own question; only after a click. */
  install(): Promise<void>;
  /** Fetches and keeps the extras. What does not come is left; `extras.kept` says so. */
  prefetchExtras(): Promise<void>;
}

/** Not in the types of TypeScript: only Chromium has it. */
interface InstallPrompt extends Event {
  prompt(): Promise<{ outcome: 'accepted' | 'dismissed' }>;
}

const lookEvery = 60 * 60 * 1000;
/** Held, shared, by every tab that has work; a restart waits until nobody holds it. */
const workLock = 'lentigo-work';
/** Set before the one reload for isolation, so that there is never a second. */
const triedKey = 'lentigo-isolation-tried';

/**
 * `script`: address of the service worker; null (the development server) keeps nothing and only watches for
 * the offer to install.
 */
export function createInstallation(script: string | null, activity: Activity): Installation {
  const registers = script !== null && 'serviceWorker' in navigator;
  const store = createStore<InstallationState>(() => ({
    shell: registers ? 'preparing' : 'unavailable',
    restart: null,
    installable: false,
    extras: null,
    installed: matchMedia('(display-mode: standalone)').matches,
  }));
  const workbox = registers ? new Workbox(script) : null;
  let offer: InstallPrompt | null = null;
  let waitController = new AbortController();
  const touched = watchTouch();

  const propose = (reason: RestartReason) => store.setState({ restart: { reason, waiting: false } });

  addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault();
    offer = event as InstallPrompt;
    store.setState({ installable: true });
  });
  addEventListener('appinstalled', () => store.setState({ installable: false, installed: true }));
  activity.store.subscribe(({ busy }) => {
    if (busy) void holdWorkLock(activity);
  });

  if (workbox) {
    let controlled = navigator.serviceWorker.controller !== null;
    navigator.serviceWorker.addEventListener('controllerchange', () => {
      if (!controlled) isolate(propose, activity, touched);
      // Another tab has restarted into a newer build; this one still shows the older.
      else if (!store.getState().restart?.waiting) propose('update');
      controlled = true;
    });
    workbox.addEventListener('waiting', () => propose('update'));
    void registerServiceWorker(workbox).then(
      async () => {
        store.setState({ shell: 'ready' });
        store.setState({ extras: { ...(await askServiceWorker({ type: 'extras' })), busy: false } });
      },
      (error) => {
        console.warn('The page is not kept for a time without network:', error);
        store.setState({ shell: 'unavailable' });
      },
    );
  }

  return {
    store,
    propose,
    async restartNow() {
      const { restart } = store.getState();
      if (!restart) return;
      waitController = new AbortController();
      store.setState({ restart: { ...restart, waiting: true } });
      try {
        await allTabsIdle(activity, waitController.signal);
      } catch {
        // Put off meanwhile.
        return;
      }
      await activate();
      location.reload();
    },
    later() {
      waitController.abort();
      store.setState({ restart: null });
    },
    async install() {
      const answer = await offer?.prompt();
      // The browser's question can be shown once.
      offer = null;
      store.setState({ installable: false, ...(answer?.outcome === 'accepted' ? { installed: true } : {}) });
    },
    async prefetchExtras() {
      const { extras } = store.getState();
      if (!extras) return;
      store.setState({ extras: { ...extras, busy: true } });
      store.setState({ extras: { ...(await askServiceWorker({ type: 'keep-extras' })), busy: false } });
    },
  };
}

/** Asks the service worker that has kept the page. */
async function askServiceWorker(question: Question): Promise<ExtrasState> {
  const { active } = await navigator.serviceWorker.ready;
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    port1.onmessage = ({ data }) => resolve(data);
    active?.postMessage(question, [port2]);
  });
}

/**
 * Registers the service worker, resolves once it has kept the page, and looks for a newer build every hour
 * and on every return.
 */
async function registerServiceWorker(workbox: Workbox): Promise<void> {
  await workbox.register();
  // Without network there is nothing newer to be had, and that is no failure.
  const look = () => void workbox.update().catch(() => {});
  setInterval(look, lookEvery);
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && look());
  await navigator.serviceWorker.ready;
}

/** Lets the build that waits, if any, take over. */
async function activate(): Promise<void> {
  const waiting = (await navigator.serviceWorker.getRegistration())?.waiting;
  if (!waiting) return;
  const taken = new Promise((resolve) =>
    navigator.serviceWorker.addEventListener('controllerchange', resolve, { once: true }),
  );
  waiting.postMessage({ type: 'SKIP_WAITING' });
  await taken;
}

/**
 * A first visit to a host that sends no isolation headers: the service worker, which adds them, came after
 * the page. One reload, unseen where the person has touched nothing yet; else it is proposed.
 */
function isolate(propose: (reason: RestartReason) => void, activity: Activity, touched: () => boolean): void {
  if (crossOriginIsolated || !rememberTry()) return;
  if (activity.store.getState().busy || touched()) propose('isolation');
  else location.reload();
}

/** Whether the person has done anything on this page yet. */
function watchTouch(): () => boolean {
  let touched = false;
  const note = () => {
    touched = true;
  };
  for (const type of ['pointerdown', 'keydown', 'drop', 'paste'])
    addEventListener(type, note, { once: true, capture: true });
  return () => touched;
}

/** False where it was tried before in this tab, or where the tab keeps nothing and nobody could tell. */
function rememberTry(): boolean {
  try {
    if (sessionStorage.getItem(triedKey)) return false;
    sessionStorage.setItem(triedKey, 'yes');
    return true;
  } catch {
    return false;
  }
}

function holdWorkLock(activity: Activity): Promise<void> | undefined {
  return navigator.locks?.request(workLock, { mode: 'shared' }, () => activity.idle());
}

/** Resolves when this tab and every other one are idle. */
async function allTabsIdle(activity: Activity, signal: AbortSignal): Promise<void> {
  await activity.idle(signal);
  await navigator.locks?.request(workLock, { mode: 'exclusive', signal }, () => {});
  // Work that began while this waited for another tab.
  if (activity.store.getState().busy) await allTabsIdle(activity, signal);
}
