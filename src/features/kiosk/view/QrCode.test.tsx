// @vitest-environment happy-dom
import { screen } from '@testing-library/react';
import jsQR from 'jsqr';
import { expect, test } from 'vitest';
import { renderPart } from '../../../ui/testing/render';
import { QrCode } from './QrCode';

/** Pixels along a module. */
const scale = 4;

/** What another program reads in the code as it is drawn. */
function readBack(text: string): { text: string; modules: number } {
  renderPart(<QrCode text={text} label="code" />);
  const image = screen.getByRole('img', { name: 'code' });
  const modules = Number(image.getAttribute('viewBox')?.split(' ')[2]);
  const side = modules * scale;
  const pixels = new Uint8ClampedArray(side * side * 4).fill(255);
  const path = image.querySelector('path:last-child')?.getAttribute('d') ?? '';
  for (const [, x, y] of path.matchAll(/M(\d+) (\d+)h1v1h-1z/g)) {
    for (let row = 0; row < scale; row += 1) {
      const start = ((Number(y) * scale + row) * side + Number(x) * scale) * 4;
      for (let at = start; at < start + 4 * scale; at += 4) pixels.fill(0, at, at + 3);
    }
  }
  const read = jsQR(pixels, side, side);
  return { text: new TextDecoder().decode(new Uint8Array(read?.binaryData ?? [])), modules };
}

test.each([
  'https://kiosk.example/lentigo/#/takeaway?v=1&d=2026-11-29&m=panel-ham10000@1.0.0&s=2p0f.mel~812.nv~188&r=4-5-6',
  'Lentigo, 2026. 11. 29.\n견본 2: 주의 표시됨, 흑색종 81%\n연구 및 교육용입니다. 의료기기가 아닙니다.',
  'דוגמה 2 · Δ',
])('another program reads in the code what was written: %j', (text) => {
  expect(readBack(text).text).toBe(text);
});

test('the longest takeaway makes a code that a phone still reads at arm’s length', () => {
  const { text, modules } = readBack('a'.repeat(330));
  expect(text).toBe('a'.repeat(330));
  // Version 14, of 73 modules, and the light ones around it: on half of a 24-inch screen a module is 2.5 mm wide.
  expect(modules).toBeLessThanOrEqual(73 + 8);
});
