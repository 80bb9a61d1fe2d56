import { createStore, type StoreApi } from 'zustand/vanilla';
import { localDay } from '../../../core/day';
import { afterWrongPin, isLocked, lockAtStart, type PinLock, readLock, unlocked } from './pin-lock';
import type { KioskSettings } from './settings';

/** Where the kiosk is. The last three are the host's. */
export type KioskScreenId =
  | 'loop'
  | 'round'
  | 'choose'
  | 'inside'
  | 'camera'
  | 'takeaway'
  | 'pin'
  | 'settings'
  | 'preflight';

export interface VisitorSessionState {
  screen: KioskScreenId;
  /** Where the visitor last chose what to see: there "Back" leads. */
  backTo: 'round' | 'choose';
  /** The language that the visitor chose, as its code; null leaves it to the host's setting. */
  language: string | null;
  /** The package that the visitor chose; null leaves it to the host's setting. */
  packageId: string | null;
  /** Seconds until everything is forgotten, once they are few; else null. */
  secondsLeft: number | null;
  /** Counts the steps of the loop, one every few seconds. */
  tick: number;
  /** How often everything was forgotten since the kiosk was opened. */
  rounds: number;
  /** Visitors since a day (ISO 8601), as a number and nothing else. */
  visitors: { count: number; since: string };
  lock: PinLock;
}

/** What is kept on this machine, by name. Writing may fail where the browser keeps nothing. */
export interface KeyValueStore {
  read(name: string): string | null;
  write(name: string, value: string): boolean;
}

/** One visitor after the other: where they are, when they have left, and who may set what. */
export interface VisitorSession {
  store: StoreApi<VisitorSessionState>;
  /** Starts the clock; gives the function that stops it. */
  start(): () => void;
  /** A finger or a key: somebody is there. */
  touched(): void;
  /** From the loop into the kiosk; counts a visitor. */
  begin(): void;
  go(screen: 'round' | 'choose' | 'inside' | 'camera' | 'takeaway'): void;
  choose(choice: { language?: string; packageId?: string }): void;
  /** To the host's settings, past the PIN where there is one. */
  askForHost(): void;
  /** Whether the PIN was right. After three wrong ones none is heard for a while (pin-lock.ts). */
  enterPin(pin: string): boolean;
  /** Between the host's pages; nowhere unless the host is in. */
  goAsHost(screen: 'settings' | 'preflight'): void;
  /** Whether the host's pages are open: then the page may be left. */
  hostIsIn(): boolean;
  recount(): void;
  /** Back to the loop, with everything forgotten. */
  forget(): void;
}

/** Seconds that a stage of the loop is shown. */
const tickSeconds = 4;
/** The host reads longer than a visitor; a keypad that nobody uses goes soon. */
const hostTimeout = 180;
const pinTimeout = 30;
const visitorsKey = 'lentigo.kiosk.visitors';
const lockKey = 'lentigo.kiosk.pin-lock';

export function createVisitorSession({
  settings,
  storage,
  firstScreen = () => 'choose',
  onForget,
}: {
  /** As they are now: the host may change them. */
  settings: () => Pick<KioskSettings, 'timeout' | 'pin'>;
  storage: KeyValueStore;
  /** Where a visitor who comes in begins. */
  firstScreen?: () => 'round' | 'choose';
  /** Told when everything that belongs to a visitor must go. */
  onForget: () => void;
}): VisitorSession {
  const store = createStore<VisitorSessionState>(() => ({
    screen: 'loop',
    backTo: 'choose',
    language: null,
    packageId: null,
    secondsLeft: null,
    tick: 0,
    rounds: 0,
    visitors: readVisitors(storage.read(visitorsKey)),
    lock: firstLock(),
  }));
  let touchedAt = Date.now();
  let hostIsIn = false;
  let ticks = 0;

  function firstLock(): PinLock {
    const now = Date.now();
    const kept = readLock(storage.read(lockKey), now);
    if (kept || settings().pin === '') return kept ?? unlocked;
    return storage.write(lockKey, JSON.stringify(unlocked)) ? unlocked : lockAtStart(now);
  }
  const setLock = (lock: PinLock) => {
    storage.write(lockKey, JSON.stringify(lock));
    store.setState({ lock });
  };

  const touched = () => {
    touchedAt = Date.now();
    if (store.getState().secondsLeft !== null) store.setState({ secondsLeft: null });
  };
  const enter = (screen: KioskScreenId) => {
    touched();
    store.setState({ screen, ...((screen === 'round' || screen === 'choose') && { backTo: screen }) });
  };
  const setVisitors = (visitors: VisitorSessionState['visitors']) => {
    storage.write(visitorsKey, JSON.stringify(visitors));
    store.setState({ visitors });
  };

  function forget(): void {
    hostIsIn = false;
    onForget();
    store.setState(({ rounds }) => ({
      screen: 'loop',
      backTo: 'choose',
      language: null,
      packageId: null,
      secondsLeft: null,
      tick: 0,
      rounds: rounds + 1,
    }));
  }

  function begin(): void {
    const { screen, visitors } = store.getState();
    if (screen !== 'loop') return;
    setVisitors({ ...visitors, count: visitors.count + 1 });
    enter(firstScreen());
  }

  /** By the clock on the wall: a machine that slept through the time-out forgets as soon as it wakes. */
  function onSecond(): void {
    ticks += 1;
    const { screen, secondsLeft } = store.getState();
    if (screen === 'loop') {
      if (ticks % tickSeconds === 0) store.setState(({ tick }) => ({ tick: tick + 1 }));
      return;
    }
    const timeoutSeconds = timeoutOf(screen, settings().timeout);
    // A clock that was set back must not keep a visitor's picture for an hour.
    touchedAt = Math.min(touchedAt, Date.now());
    const left = Math.ceil(timeoutSeconds - (Date.now() - touchedAt) / 1000);
    if (left <= 0) forget();
    else {
      const shown = left <= Math.min(10, timeoutSeconds / 2) ? left : null;
      if (shown !== secondsLeft) store.setState({ secondsLeft: shown });
    }
  }

  return {
    store,
    start() {
      touchedAt = Date.now();
      const timer = setInterval(onSecond, 1000);
      return () => clearInterval(timer);
    },
    touched,
    begin,
    go: enter,
    choose({ language, packageId }) {
      // Whoever chooses has come in: what is chosen in the loop would never be forgotten.
      begin();
      touched();
      store.setState({ ...(language && { language }), ...(packageId && { packageId }) });
    },
    askForHost() {
      if (settings().pin === '') {
        hostIsIn = true;
        enter('settings');
      } else enter('pin');
    },
    enterPin(pin) {
      touched();
      const now = Date.now();
      // Another tab may have counted meanwhile.
      const lock = readLock(storage.read(lockKey), now) ?? store.getState().lock;
      if (isLocked(lock, now)) {
        store.setState({ lock });
        return false;
      }
      if (pin !== settings().pin) {
        setLock(afterWrongPin(lock, now));
        return false;
      }
      setLock(unlocked);
      hostIsIn = true;
      enter('settings');
      return true;
    },
    goAsHost(screen) {
      if (hostIsIn) enter(screen);
    },
    hostIsIn: () => hostIsIn,
    recount() {
      if (hostIsIn) setVisitors({ count: 0, since: today() });
    },
    forget,
  };
}

function timeoutOf(screen: KioskScreenId, timeout: number): number {
  if (screen === 'settings' || screen === 'preflight') return Math.max(timeout, hostTimeout);
  if (screen === 'pin') return Math.min(timeout, pinTimeout);
  return timeout;
}

function readVisitors(stored: string | null): VisitorSessionState['visitors'] {
  try {
    const { count, since } = JSON.parse(stored ?? '') as Partial<VisitorSessionState['visitors']>;
    if (Number.isInteger(count) && Number(count) >= 0 && typeof since === 'string')
      return { count: Number(count), since };
  } catch {
    // Nothing kept, or nothing that we wrote.
  }
  return { count: 0, since: today() };
}

const today = () => localDay();
