import { patienceMs } from './patience';

/** The built app in a browser other than Chromium. Commands come one after the other. */
export interface DrivenPage {
  /** "Firefox 153.8.0", as the browser names itself. */
  readonly browser: string;
  goto(url: string): Promise<void>;
  reload(): Promise<void>;
  /** Runs a function in the page; it uses nothing from outside itself. What goes in and comes out is JSON. */
  evaluate<Value>(work: () => Value): Promise<Awaited<Value>>;
  evaluate<Argument, Value>(work: (argument: Argument) => Value, argument: Argument): Promise<Awaited<Value>>;
  close(): Promise<void>;
}

/** The commands of the WebDriver protocol (W3C) that a page needs, over whatever wire a browser has. */
export interface WebDriverWire {
  newSession(capabilities: object): Promise<{ browserName?: string; browserVersion?: string }>;
  setTimeouts(timeouts: object): Promise<unknown>;
  navigate(url: string): Promise<unknown>;
  refresh(): Promise<unknown>;
  executeAsync(script: string, args: readonly unknown[]): Promise<unknown>;
  /** Ends the session, the browser and all that was started for it. */
  close(): Promise<void>;
}

type Outcome = { value: unknown } | { error: string };

/** Starts a session; where none starts, the browser is closed and the reason thrown. */
export async function openDriven(
  name: string,
  wire: WebDriverWire,
  capabilities: object = {},
): Promise<DrivenPage> {
  try {
    const { browserVersion = '' } = await wire.newSession(capabilities);
    await wire.setTimeouts({ script: patienceMs, pageLoad: patienceMs, implicit: 0 });
    return {
      browser: `${name} ${browserVersion}`.trim(),
      goto: async (url) => void (await wire.navigate(url)),
      reload: async () => void (await wire.refresh()),
      evaluate: (work: (argument: never) => unknown, argument: unknown = null) =>
        evaluate(wire, String(work), argument) as Promise<never>,
      close: () => wire.close(),
    };
  } catch (error) {
    await wire.close();
    throw error;
  }
}

/** The last argument of an asynchronous script is WebDriver's own callback. */
async function evaluate(wire: WebDriverWire, source: string, argument: unknown): Promise<unknown> {
  const script = `
    const [argument, done] = arguments;
    Promise.resolve()
      .then(() => (${source})(argument))
      .then((value) => done({ value: value ?? null }), (error) => done({ error: String(error) }));
  `;
  const outcome = (await wire.executeAsync(script, [argument])) as Outcome;
  if ('error' in outcome) throw new Error(`In the page: ${outcome.error}`);
  return outcome.value;
}
