import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { ended, started } from './child';
import { patienceMs } from './patience';
import { type DrivenPage, openDriven, type WebDriverWire } from './webdriver';

/** WebKitGTK's MiniBrowser over its own driver, on a screen that nobody sees (Xvfb). */
export async function openWebKit({
  driver,
  screen,
}: {
  driver: string;
  screen: string;
}): Promise<DrivenPage> {
  const children: ChildProcess[] = [];
  const close = async () => {
    for (const child of children.reverse()) await ended(child);
  };
  try {
    const xvfb = spawn(screen, ['-displayfd', '1', '-screen', '0', '1440x900x24', '-nolisten', 'tcp'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    children.push(xvfb);
    let display = '';
    xvfb.stdout.on('data', (text) => {
      display += text;
    });
    await started(xvfb, () => display.includes('\n'));

    const port = await freePort();
    const options = [`--port=${port}`, '--host=127.0.0.1'];
    const env = { ...process.env, DISPLAY: `:${display.trim()}`, GDK_BACKEND: 'x11' };
    const child = spawn(driver, options, { stdio: 'ignore', env });
    children.push(child);
    const address = `http://127.0.0.1:${port}`;
    await started(child, () =>
      fetch(`${address}/status`).then(
        ({ ok }) => ok,
        () => false,
      ),
    );
    return await openDriven('WebKitGTK', overHttp(address, close));
  } catch (error) {
    await close();
    throw error;
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

/** WebDriver as the W3C has it: JSON over HTTP. */
function overHttp(address: string, close: () => Promise<void>): WebDriverWire {
  let session = '';
  const send = async (method: 'POST' | 'DELETE', path: string, body?: object): Promise<unknown> => {
    const response = await fetch(`${address}/session${path}`, {
      method,
      body: body && JSON.stringify(body),
      signal: AbortSignal.timeout(patienceMs),
    });
    const { value } = (await response.json()) as { value: unknown };
    if (response.ok) return value;
    const { error, message } = value as { error: string; message: string };
    throw new Error(`WebKit's driver says of ${path}: ${error} (${message})`);
  };
  return {
    async newSession(capabilities) {
      const begun = await send('POST', '', { capabilities: { alwaysMatch: capabilities } });
      const { sessionId, capabilities: granted } = begun as { sessionId: string; capabilities: object };
      session = `/${sessionId}`;
      return granted;
    },
    setTimeouts: (timeouts) => send('POST', `${session}/timeouts`, timeouts),
    navigate: (url) => send('POST', `${session}/url`, { url }),
    refresh: () => send('POST', `${session}/refresh`, {}),
    executeAsync: (script, args) => send('POST', `${session}/execute/async`, { script, args }),
    async close() {
      // A browser that hangs must not keep what was started for it.
      if (session) await send('DELETE', session).catch(() => {});
      await close();
    },
  };
}
