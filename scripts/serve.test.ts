import { spawn, spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { get as request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { root } from './command';
import { type RunningServer, serve } from './serve';

const folder = mkdtempSync(join(tmpdir(), 'lentigo-serve-'));
const app = join(folder, 'app');
const photos = join(folder, 'photos');
const code = 'export const words = 1;\n'.repeat(500);
let server: RunningServer;

beforeAll(async () => {
  mkdirSync(join(app, 'assets'), { recursive: true });
  mkdirSync(photos);
  writeFileSync(join(app, 'index.html'), '<!doctype html>');
  writeFileSync(join(app, 'assets', 'threads.wasm'), '0123456789');
  writeFileSync(join(app, 'assets', 'page.js'), code);
  writeFileSync(join(app, 'weights.bin'), code);
  writeFileSync(join(photos, 'a b.jpg'), 'photo');
  writeFileSync(join(folder, 'secret.txt'), 'secret');
  server = await serve({ folder: app, port: 0, mounts: { '/private/': photos } });
});

afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

const get = (path: string, headers: Record<string, string> = {}) => fetch(server.url + path, { headers });

test('the page is isolated, so that WASM threads run', async () => {
  const { status, headers } = await get('');
  expect(status).toBe(200);
  expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
  expect(headers.get('cross-origin-embedder-policy')).toBe('require-corp');
  expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
});

test.each([
  ['bytes=2-4', '234', 'bytes 2-4/10'],
  ['bytes=7-', '789', 'bytes 7-9/10'],
  ['bytes=-3', '789', 'bytes 7-9/10'],
  ['bytes=8-99', '89', 'bytes 8-9/10'],
])('range %s', async (range, text, contentRange) => {
  const response = await get('assets/threads.wasm', { range });
  expect(response.status).toBe(206);
  expect(response.headers.get('content-type')).toBe('application/wasm');
  expect(response.headers.get('content-range')).toBe(contentRange);
  expect(await response.text()).toBe(text);
});

test('code comes compressed to who takes it, and is the same', async () => {
  const plain = await get('assets/page.js', { 'accept-encoding': 'identity' });
  expect(plain.headers.get('content-encoding')).toBeNull();
  expect(plain.headers.get('content-length')).toBe(String(code.length));
  const response = await get('assets/page.js', { 'accept-encoding': 'br, gzip' });
  expect(response.headers.get('content-encoding')).toBe('gzip');
  expect(Number(response.headers.get('content-length'))).toBeLessThan(code.length / 10);
  expect(response.headers.get('vary')).toBe('Accept-Encoding');
  expect(await response.text()).toBe(code);
});

test('a file that has changed is compressed again', async () => {
  const file = join(app, 'assets', 'changing.js');
  for (const text of [code, `${code}// changed`]) {
    writeFileSync(file, text);
    utimesSync(file, text.length, text.length);
    expect(await (await get('assets/changing.js')).text()).toBe(text);
  }
});

test('weights, small files and parts of files come as they are', async () => {
  expect((await get('weights.bin')).headers.get('content-encoding')).toBeNull();
  expect((await get('')).headers.get('content-encoding')).toBeNull();
  const part = await get('assets/page.js', { range: 'bytes=0-5' });
  expect(part.headers.get('content-encoding')).toBeNull();
  expect(await part.text()).toBe('export');
});

test('a range past the end', async () => {
  const response = await get('assets/threads.wasm', { range: 'bytes=10-' });
  expect(response.status).toBe(416);
  expect(response.headers.get('content-range')).toBe('bytes */10');
});

test('the rest of a file that has changed meanwhile: all of it', async () => {
  const range = 'bytes=2-';
  const modified = (await get('assets/threads.wasm')).headers.get('last-modified') ?? '';
  expect((await get('assets/threads.wasm', { range, 'if-range': modified })).status).toBe(206);
  const earlier = new Date(Date.parse(modified) - 1000).toUTCString();
  const response = await get('assets/threads.wasm', { range, 'if-range': earlier });
  expect(response.status).toBe(200);
  expect(await response.text()).toBe('0123456789');
});

test('a mounted folder', async () => {
  expect(await (await get('private/a%20b.jpg')).text()).toBe('photo');
});

test.each([
  'assets/',
  'assets',
  '..%2fsecret.txt',
  'private/..%2f..%2fsecret.txt',
  '%2e%2e/secret.txt',
  '%E0%A4%A',
  'gone.js',
])('nothing at %s', async (path) => {
  const response = await get(path);
  expect(response.status).toBe(404);
  expect(await response.text()).toBe('Not found.\n');
});

test('an unchanged file is not sent again', async () => {
  const modified = (await get('')).headers.get('last-modified') ?? '';
  expect((await get('', { 'if-modified-since': modified })).status).toBe(304);
});

test('the next free port, or a plain sentence', async () => {
  const port = Number(new URL(server.url).port);
  const next = await serve({ folder: app, port });
  expect(next.url).not.toBe(server.url);
  await next.close();
  await expect(serve({ folder: app, port, exact: true })).rejects.toThrow(`Port ${port} is taken.`);
});

/** `fetch` lets nobody choose the host. */
const statusFor = (url: string, host: string) =>
  new Promise<number>((done, fail) =>
    request(url, { headers: { host } }, (response) => {
      response.resume();
      done(response.statusCode ?? 0);
    }).on('error', fail),
  );

const python = process.platform === 'win32' ? 'python' : 'python3';
const ownNames = ['localhost', 'LOCALHOST:80', '127.0.0.1', '127.0.0.1:5173', '[::1]', '[::1]:5173'];
const otherNames = [
  'evil.example',
  'evil.example:5173',
  'localhost.evil.example',
  '127.0.0.1.evil.example',
  'localhost:80@evil.example',
  '10.0.0.7',
  '[::2]',
];

test('answers to the names of this machine and to no other', async () => {
  for (const host of ownNames) expect(await statusFor(server.url, host), host).toBe(200);
  for (const host of otherNames) expect(await statusFor(server.url, host), host).toBe(421);
});

test.skipIf(spawnSync(python, ['--version']).status !== 0)(
  'start.py answers to the names of this machine and to no other',
  async () => {
    const stick = mkdtempSync(join(tmpdir(), 'lentigo-stick-'));
    copyFileSync(join(root, 'portable', 'start.py'), join(stick, 'start.py'));
    writeFileSync(join(stick, 'headers.json'), '{"document": {}, "file": {}}');
    writeFileSync(join(stick, 'index.html'), '<!doctype html>');
    const child = spawn(python, [join(stick, 'start.py'), '--no-open']);
    try {
      const url = await new Promise<string>((done, fail) => {
        let said = '';
        child.on('error', fail);
        child.on('exit', () => fail(new Error(said)));
        for (const stream of [child.stdout, child.stderr]) {
          stream.on('data', (text: Buffer) => {
            said += text;
            const found = /http:\S+/.exec(said);
            if (found) done(found[0]);
          });
        }
      });
      for (const host of ownNames) expect(await statusFor(url, host), host).toBe(200);
      for (const host of otherNames) expect(await statusFor(url, host), host).toBe(421);
    } finally {
      child.kill();
      rmSync(stick, { recursive: true });
    }
  },
);
