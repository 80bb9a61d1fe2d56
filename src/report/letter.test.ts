import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import images from '../core/fixtures/image-metadata.json';
import { type Letter, pdfLetter } from './letter';

const letter: Letter = {
  title: 'A spot to be looked at',
  subtitle: '2026-11-21',
  createdAt: '2026-11-21T12:00:00.000Z',
  pictures: [{ bytes: new Uint8Array(Buffer.from(images.bareJpeg, 'base64')), caption: 'The photo' }],
  sections: [
    { heading: '답변', sentences: [], rows: [{ label: '피가 난 적이 있습니까?', value: '예' }] },
    { heading: 'What it says', sentences: ['See a doctor soon.'], rows: [] },
  ],
  pageNumber: 'Page {{page}} of {{pages}}',
  language: 'en',
  disclaimer: { en: 'Not a medical device.', ko: '의료기기가 아닙니다.' },
  koreanFont: readFileSync(
    createRequire(import.meta.url).resolve(
      '@expo-google-fonts/nanum-gothic/400Regular/NanumGothic_400Regular.ttf',
    ),
  ),
};

const hasPdftotext = (() => {
  try {
    execFileSync('pdftotext', ['-v'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

test('a letter is a PDF with its picture, and refuses what is none', async () => {
  const made = await pdfLetter(letter);
  expect(made.ok && new TextDecoder('latin1').decode(made.value.slice(0, 5))).toBe('%PDF-');
  const broken = await pdfLetter({ ...letter, pictures: [{ bytes: new Uint8Array(9), caption: '' }] });
  expect(broken).toMatchObject({ ok: false, failure: { code: 'file-unsupported' } });
});

test.skipIf(!hasPdftotext)(
  'every word of it can be read and copied, the disclaimer in both languages',
  async () => {
    const made = await pdfLetter(letter);
    if (!made.ok) throw new Error(made.failure.code);
    const folder = mkdtempSync(join(tmpdir(), 'letter-'));
    writeFileSync(join(folder, 'letter.pdf'), made.value);
    const text = execFileSync('pdftotext', ['-layout', join(folder, 'letter.pdf'), '-'], {
      encoding: 'utf8',
    });
    rmSync(folder, { recursive: true });
    for (const words of [
      'A spot to be looked at',
      '피가 난 적이 있습니까?',
      '예',
      'See a doctor soon.',
      'Page 1 of 1',
    ]) {
      expect(text).toContain(words);
    }
    expect(text).toContain(letter.disclaimer.en);
    expect(text).toContain(letter.disclaimer.ko);
  },
);
