import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { PDFDocument } from '@cantoo/pdf-lib';
import { expect, test } from 'vitest';
import { encodePng } from '../core/image/png';
import type { Block } from './blocks';
import { type BlocksPdf, blocksPdf } from './blocks-pdf';

const koreanFont = readFileSync(
  createRequire(import.meta.url).resolve(
    '@expo-google-fonts/nanum-gothic/400Regular/NanumGothic_400Regular.ttf',
  ),
);
const png = encodePng({ width: 60, height: 40, channels: 3, data: new Uint8Array(60 * 40 * 3).fill(190) });
const plot = { kind: 'plot', heading: 'ROC', caption: 'Area 0.9.', svg: '' } as const;
const row = ['나이', '0.912', '0.9'].map((cell) => [cell, '0.8 to 0.9']);

const source = (blocks: readonly Block[], plots: readonly Uint8Array[]): BlocksPdf => ({
  head: { language: 'ko', title: '평가 Evaluation', facts: ['2026'] },
  blocks,
  plots,
  disclaimer: { en: 'Not a medical device.', ko: '의료기기가 아닙니다.' },
  createdAt: '2026-01-02T03:04:05.000Z',
  pageWords: 'Page {{page}} of {{pages}}',
  koreanFont,
});

const blocks: Block[] = [
  { kind: 'heading', level: 2, text: 'Results' },
  { kind: 'figures', items: Array(7).fill({ label: 'AUC', value: '0.912', below: ['0.900 to 0.923'] }) },
  { kind: 'paragraph', text: '24 images.' },
  { kind: 'list', items: ['first', 'second'] },
  { kind: 'heading', level: 3, text: '부분' },
  { kind: 'table', head: row, rows: Array(80).fill(row) },
  plot,
  plot,
  plot,
];

test('a long report goes over several pages, each with its plots, and is the same each time', async () => {
  const made = await blocksPdf(source(blocks, [png, png, png]));
  if (!made.ok) throw new Error(JSON.stringify(made.failure));
  const document = await PDFDocument.load(made.value);
  expect(document.getPageCount()).toBeGreaterThan(2);
  expect(document.getTitle()).toBe('평가 Evaluation');
  expect(await blocksPdf(source(blocks, [png, png, png]))).toEqual(made);
});

test('a plot that is no picture is a failure, not a report without it', async () => {
  const made = await blocksPdf(source([plot], [new Uint8Array([1, 2, 3])]));
  expect(made).toMatchObject({ ok: false, failure: { code: 'file-unreadable' } });
});
