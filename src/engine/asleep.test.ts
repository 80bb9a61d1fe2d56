import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type failure, success } from '../core/failure';
import { afterAwake } from './awake-timer';
import { listenForHeartbeat } from './heartbeat';
import { createLastingWorker } from './lasting-worker';
import { startTransfer } from './package/transfer';

/** A browser freezes tabs in the background, and machines sleep: timers are then due at once, and late. */

let now = 0;
beforeEach(() => {
  now = 0;
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  vi.spyOn(performance, 'now').mockImplementation(() => now);
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const hour = 3600_000;
/** So long awake, in small steps. */
async function awake(milliseconds: number): Promise<void> {
  for (let at = 0; at < milliseconds; at += 100) {
    now += 100;
    await vi.advanceTimersByTimeAsync(100);
  }
}
/** An hour without a timer; then what is due first comes before anything that waits in line. */
async function asleep(): Promise<void> {
  now += hour;
  await vi.advanceTimersToNextTimerAsync();
}

describe('a time limit', () => {
  test('ends once, after as long as it says', async () => {
    const ended = vi.fn();
    afterAwake(10_000, ended);
    await awake(9900);
    expect(ended).not.toHaveBeenCalled();
    await awake(hour / 100);
    expect(ended).toHaveBeenCalledOnce();
  });

  test('is not over because the tab slept, whenever that was, and is over after as long awake', async () => {
    for (let before = 0; before < 10_000; before += 500) {
      const ended = vi.fn();
      const stop = afterAwake(10_000, ended);
      await awake(before);
      await asleep();
      expect(ended).not.toHaveBeenCalled();
      await awake(11_000);
      expect(ended).toHaveBeenCalledOnce();
      stop();
    }
  });

  test('ends too where the browser wakes the tab once a minute alone', async () => {
    const ended = vi.fn();
    afterAwake(10_000, ended);
    for (let minute = 0; minute < 20; minute++) {
      now += 60_000;
      await vi.advanceTimersToNextTimerAsync();
    }
    expect(ended).toHaveBeenCalledOnce();
  });

  test('that was stopped never ends', async () => {
    const ended = vi.fn();
    const stop = afterAwake(10_000, ended);
    await awake(5000);
    stop();
    await awake(20_000);
    expect(ended).not.toHaveBeenCalled();
  });
});

test('a worker whose answer waits while the tab sleeps is not taken for dead', async () => {
  const onSilence = vi.fn();
  let answer = () => {};
  const ping = () => new Promise<void>((resolve) => (answer = resolve));
  const stop = listenForHeartbeat(ping, 120_000, onSilence);
  await awake(110_000);
  await asleep();
  answer();
  await awake(60_000);
  expect(onSilence).not.toHaveBeenCalled();
  // Unanswered, it ends all the same.
  await awake(300_000);
  expect(onSilence).toHaveBeenCalledOnce();
  stop();
});

test('a file whose bytes wait while the tab sleeps comes, and a server that stays silent is given up', async () => {
  let send = (_: Response) => {};
  const fetch = () => new Promise<Response>((resolve) => (send = resolve));
  const limits = { answerMs: 20_000, pauseMs: 30_000 };
  const transfer = startTransfer({ fetch, limits }, 'https://lentigo.test/a', 'a', {});
  await awake(19_000);
  await asleep();
  let enqueue = (_: string) => {};
  const body = new ReadableStream({
    start: (controller) => {
      enqueue = (text) => controller.enqueue(new TextEncoder().encode(text));
    },
  });
  send(new Response(body));
  const { pieces } = await transfer;
  const first = pieces.next();
  await awake(29_000);
  await asleep();
  enqueue('late');
  expect((await first).value).toEqual(new TextEncoder().encode('late'));
  const second = expect(pieces.next()).rejects.toMatchObject({ failure: { code: 'package-timeout' } });
  await awake(31_000);
  await second;
});

test('a decoder that the tab slept through goes on with its file', async () => {
  let reply = () => {};
  const worker = Object.assign(new EventTarget(), {
    terminate: vi.fn(),
    postMessage({ id }: { id: string }) {
      reply = () => {
        const data = { id, type: 'RAW', value: success('read') };
        worker.dispatchEvent(Object.assign(new Event('message'), { data }));
      };
    },
  });
  interface Service {
    read(): Promise<ReturnType<typeof success<string>> | ReturnType<typeof failure>>;
  }
  const lasting = createLastingWorker<Service>(() => worker as unknown as Worker, { limitMs: 60_000 });
  const asked = lasting.ask((remote) => remote.read() as never);
  await awake(59_000);
  await asleep();
  reply();
  expect(await asked).toEqual(success('read'));
  expect(worker.terminate).not.toHaveBeenCalled();
});
