import type { Page } from 'playwright';
import { english as en } from '../../src/app/languages/texts';
import { exampleAnalysis } from '../../src/core/fixtures/analysis';
import { encodePng } from '../../src/core/image/png';
import { samplePixels } from '../../src/core/image/sample';
import { importArchive } from '../import-archive';
import { drawnEmbedding, patientArchive } from '../patient-archive';

export const path = 'cases';

/** Judges the made-up picture in the clinic and keeps it, as often as asked, each time a month later. */
async function keepSample(page: Page, times = 2): Promise<void> {
  await page.goto(page.url().replace(/#.*/, '#/clinic'));
  for (let month = 1; month <= times; month++) {
    if (month === 1) await page.getByRole('button', { name: en.photo.sample }).click();
    else await pickMirrored(page);
    await showAnswer(page);
    const overrule = page.getByRole('button', { name: en.answer.overrule });
    const again = page.getByRole('button', { name: en.answer.again });
    await again.or(overrule).waitFor();
    if (await overrule.isVisible()) await overrule.click();
    await again.waitFor();
    await page.getByRole('button', { name: en.caseBook.save.button }).click();
    const dialog = page.getByRole('dialog');
    if (month === 1) {
      await dialog.getByLabel(en.caseBook.alias).fill('K-17');
      await dialog.getByLabel(en.caseBook.lesionLabel).fill('Left forearm, near the elbow');
    } else {
      await dialog.getByLabel(en.caseBook.patient, { exact: true }).click();
      await page.getByRole('option', { name: 'K-17' }).click();
      await dialog.getByLabel(en.caseBook.lesion, { exact: true }).click();
      await page.getByRole('option', { name: /Left forearm/ }).click();
    }
    await dialog.getByLabel(en.caseBook.takenOn).fill(`2026-0${3 * month}-12`);
    await dialog.getByRole('button', { name: en.caseBook.save.do, exact: true }).click();
    await page.getByText(en.caseBook.save.saved).waitFor();
    await page.goto(page.url().replace(/#.*/, '#/cases'));
    if (month < times) {
      await page.reload();
      await page.goto(page.url().replace(/#.*/, '#/clinic'));
    }
  }
}

/** The photo kept first, mirrored: the same bytes would not be kept twice. */
async function pickMirrored(page: Page): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: en.photo.choose }).click();
  await (await chooser).setFiles({ name: 'later.png', mimeType: 'image/png', buffer: await mirrored(page) });
}

function mirrored(page: Page): Promise<Buffer> {
  return page
    .evaluate(async () => {
      const open = indexedDB.open('lentigo-cases');
      const database = await new Promise<IDBDatabase>((resolve) => {
        open.onsuccess = () => resolve(open.result);
      });
      const request = database.transaction('images').objectStore('images').getAll();
      const [image] = await new Promise<Blob[]>((resolve) => {
        request.onsuccess = () => resolve(request.result);
      });
      database.close();
      const bitmap = await createImageBitmap(image as Blob);
      const canvas = document.createElement('canvas');
      canvas.width = bitmap.width;
      canvas.height = bitmap.height;
      const context = canvas.getContext('2d');
      context?.translate(bitmap.width, 0);
      context?.scale(-1, 1);
      context?.drawImage(bitmap, 0, 0);
      return canvas.toDataURL('image/png');
    })
    .then((url) => Buffer.from(url.split(',')[1] ?? '', 'base64'));
}

/** On a phone the answer stands behind a tab, once there is a photo. */
async function showAnswer(page: Page): Promise<void> {
  await page
    .getByText(/answered|opened|waiting/i)
    .first()
    .waitFor({ state: 'attached' });
  const tab = page.getByRole('tab', { name: en.viewer.tabs.answer });
  if (await tab.isVisible()) await tab.click();
}

const openCase = async (page: Page) => {
  await keepSample(page);
  await page.getByRole('button', { name: /Left forearm/ }).click();
  await page.getByRole('heading', { name: en.caseBook.compare.heading }).waitFor();
};

/** A patient with ten lesions, one of which stands apart, and one whose side is not known. */
async function openPatient(page: Page): Promise<void> {
  const places = [
    ['Left upper arm', { site: 'arm', side: 'left' }],
    ['Belt line, right', { site: 'abdomen', side: 'right' }],
    [
      'Between the shoulder blades',
      { site: 'back', side: 'middle', spot: { figure: 'back', area: 'upper-back', x: 0.5, y: 0.24 } },
    ],
    [
      'Shoulder blade',
      { site: 'back', side: 'left', spot: { figure: 'back', area: 'upper-back', x: 0.4, y: 0.29 } },
    ],
    ['Cheek', { site: 'face', side: 'left', spot: { figure: 'head', area: 'cheek', x: 0.72, y: 0.58 } }],
    ['Palm', { site: 'hand', side: 'right', spot: { figure: 'palms', area: 'palm', x: 0.25, y: 0.65 } }],
    [
      'Sole, near the heel',
      { site: 'foot', side: 'left', spot: { figure: 'soles', area: 'sole', x: 0.72, y: 0.62 } },
    ],
    ['Chest', { site: 'chest' }],
    ['Calf', { site: 'lower-leg', side: 'right', spot: { figure: 'back', area: null, x: 0.6, y: 0.8 } }],
    ['Forearm', { site: 'forearm' }],
  ] as const;
  const picture = (seed: number) =>
    encodePng({ width: 300, height: 225, channels: 4, data: samplePixels(seed, 300, 225) });
  const buffer = await patientArchive({
    alias: 'K-17',
    nextVisit: '2026-09-01',
    lesions: places.map(([label, place], index) => ({
      label,
      ...place,
      photos: (index % 3 === 0 ? ['2025-09-12', '2026-03-12'] : ['2025-09-12']).map((day, at) => ({
        bytes: picture(20 * index + at),
        type: 'image/png',
        day,
      })),
      analysis: exampleAnalysis({
        embedding: drawnEmbedding(index, index === 6),
        decision: {
          positive: ['mel'],
          probability: index === 6 ? 0.42 : 0.04 + 0.01 * index,
          threshold: 0.21,
          above: index === 6,
          wanted: null,
        },
      }),
      ...(index === 6 && {
        changes: {
          histology: { label: 'mel', recordedAt: '2025-09-20T10:00:00.000Z', notes: 'Breslow 0.4 mm' },
        },
      }),
    })),
  });
  await importArchive(page, 'k-17.zip', buffer);
  await page
    .getByRole('region', { name: en.patientPage.due.heading })
    .getByRole('link', { name: /K-17/ })
    .click();
  await page.getByRole('heading', { name: 'Patient K-17' }).waitFor();
}

/** How to bring a fresh page into each state. */
export const states: Record<string, (page: Page) => Promise<void>> = {
  empty: async (page) => {
    await page.getByText(en.caseBook.empty).waitFor();
  },
  list: async (page) => {
    await keepSample(page, 1);
    await page.getByText('K-17').waitFor();
  },
  case: openCase,
  swipe: async (page) => {
    await openCase(page);
    await page.getByText(en.caseBook.compare.swipe, { exact: true }).click();
  },
  'deleted, with undo': async (page) => {
    await openCase(page);
    await page.getByRole('button', { name: en.caseBook.deleteCase, exact: true }).click();
    await page.getByRole('button', { name: en.export.undo }).waitFor();
  },
  'forget everything': async (page) => {
    await page.getByText(en.caseBook.empty).waitFor();
    const keeping = new RegExp(`B$|^${en.caseBook.archive.menu}$`);
    await page.getByRole('region', { name: en.caseBook.list }).getByRole('button', { name: keeping }).click();
    await page.getByRole('menuitem', { name: en.keptHere.open }).click();
    await page.getByRole('dialog').waitFor();
  },
  'forget all cases': async (page) => {
    await keepSample(page, 1);
    await page.getByRole('region', { name: en.caseBook.list }).getByRole('button', { name: /B$/ }).click();
    await page.getByRole('menuitem', { name: en.caseBook.forget.button }).click();
    await page.getByRole('dialog').waitFor();
  },
  patient: openPatient,
  'patient, place': async (page) => {
    await openPatient(page);
    await page.getByRole('button', { name: /Set the place of Calf/ }).click();
    await page.getByRole('dialog').waitFor();
  },
  'patient, korean': async (page) => {
    await openPatient(page);
    await page.getByText('한국어').click();
    await page.getByRole('heading', { name: /환자 K-17/ }).waitFor();
  },
  korean: async (page) => {
    await openCase(page);
    await page.getByText('한국어').click();
  },
};
