import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ended, started } from './child';
import { patienceMs } from './patience';
import { type DrivenPage, openDriven, type WebDriverWire } from './webdriver';

/**
 * Firefox in a profile of its own, over Marionette: the wire that geckodriver uses, with WebDriver's commands.
 *
 * Not over WebDriver BiDi: a BiDi session of Firefox 153 listens for the debuggers of workers, and every third
 * page or so then has a worker that never runs on (seen with puppeteer-core 25; without such a session, never).
 * That looked like a fault of the app: the list of models did not come at a first visit.
 */
export async function openFirefox(program: string): Promise<DrivenPage> {
  const profile = mkdtempSync(join(tmpdir(), 'lentigo-firefox-'));
  // Any free port; Firefox writes down which.
  writeFileSync(join(profile, 'user.js'), 'user_pref("marionette.port", 0);\n');
  const options = ['--headless', '--marionette', '--no-remote', '--profile', profile];
  const browser = spawn(program, options, { stdio: 'ignore' });
  const remove = async () => {
    await ended(browser);
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const port = join(profile, 'MarionetteActivePort');
    await started(browser, () => existsSync(port) && readFileSync(port, 'utf8') !== '');
    const socket = connect(Number(readFileSync(port, 'utf8')), '127.0.0.1');
    return await openDriven('Firefox', marionette(socket, remove));
  } catch (error) {
    await remove();
    throw error;
  }
}

/** A message is its length in bytes, a colon, and JSON: [0, id, command, parameters] or [1, id, error, value]. */
function marionette(socket: Socket, remove: () => Promise<void>): WebDriverWire {
  const waiting = new Map<number, (answer: { error: unknown; value: unknown }) => void>();
  let lastId = 0;
  let text = Buffer.alloc(0);
  socket.on('data', (chunk) => {
    text = Buffer.concat([text, chunk]);
    for (;;) {
      const colon = text.indexOf(':');
      const end = colon + 1 + Number(text.subarray(0, colon));
      if (colon < 0 || text.length < end) return;
      const message = JSON.parse(text.subarray(colon + 1, end).toString());
      text = text.subarray(end);
      // The first message is no answer: it names the protocol.
      if (Array.isArray(message)) waiting.get(message[1])?.({ error: message[2], value: message[3] });
    }
  });
  socket.on('error', () => {});
  socket.on('close', () => {
    for (const answer of waiting.values()) answer({ error: { message: 'Firefox is gone.' }, value: null });
  });

  const send = async (command: string, parameters: object = {}): Promise<unknown> => {
    lastId += 1;
    const id = lastId;
    const answered = new Promise<{ error: unknown; value: unknown }>((resolve, reject) => {
      const late = () => reject(new Error(`Firefox does not answer to ${command}.`));
      const timer = setTimeout(late, patienceMs);
      waiting.set(id, (answer) => {
        clearTimeout(timer);
        waiting.delete(id);
        resolve(answer);
      });
    });
    const message = JSON.stringify([0, id, command, parameters]);
    socket.write(`${Buffer.byteLength(message)}:${message}`);
    const { error, value } = await answered;
    if (error) throw new Error(`${command}: ${(error as { message: string }).message}`);
    return value;
  };
  return {
    newSession: async (capabilities) =>
      (
        (await send('WebDriver:NewSession', { capabilities: { alwaysMatch: capabilities } })) as never as {
          capabilities: object;
        }
      ).capabilities,
    setTimeouts: (timeouts) => send('WebDriver:SetTimeouts', timeouts),
    navigate: (url) => send('WebDriver:Navigate', { url }),
    // Marionette's own reload goes past the service worker, as Shift does.
    refresh: async () => {
      const { value: address } = (await send('WebDriver:ExecuteScript', {
        script: 'return location.href',
        args: [],
      })) as { value: string };
      await send('WebDriver:Navigate', { url: 'about:blank' });
      await send('WebDriver:Navigate', { url: address });
    },
    executeAsync: async (script, args) =>
      ((await send('WebDriver:ExecuteAsyncScript', { script, args })) as { value: unknown }).value,
    async close() {
      socket.destroy();
      await remove();
    },
  };
}
