/**
 * `npx tsx scripts/draw-icons.ts`: draws the app's icons from its mark, src/app/favicon.svg, into
 * public/icons/, where they are committed: a build needs no browser. Run it again when the mark changes.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright';
import { ensureBrowser } from './browser';
import { main, root } from './command';

const folder = join(root, 'public/icons');
const mark = readFileSync(join(root, 'src/app/favicon.svg'), 'utf8');

interface Icon {
  file: string;
  size: number;
  /** Share of the side that the mark takes. A maskable icon may be cut to a circle of 80 % of its side. */
  share: number;
  background: string;
}

const icons: Icon[] = [
  { file: 'icon-192.png', size: 192, share: 1, background: 'transparent' },
  { file: 'icon-512.png', size: 512, share: 1, background: 'transparent' },
  { file: 'maskable-512.png', size: 512, share: 0.66, background: '#fff' },
  { file: 'touch-180.png', size: 180, share: 0.8, background: '#fff' },
];

await main(async () => {
  mkdirSync(folder, { recursive: true });
  const browser = await chromium.launch({ executablePath: await ensureBrowser(), args: ['--no-sandbox'] });
  for (const { file, size, share, background } of icons) {
    const page = await browser.newPage({ viewport: { width: size, height: size } });
    await page.setContent(
      `<body style="margin:0;display:grid;place-items:center;height:100vh;background:${background}">${mark}</body>`,
    );
    await page.addStyleTag({ content: `svg { width: ${100 * share}vw; height: ${100 * share}vw; }` });
    writeFileSync(join(folder, file), await page.screenshot({ omitBackground: true }));
    await page.close();
    console.log(join(folder, file));
  }
  await browser.close();
  return 0;
});
