import { readFileSync } from 'node:fs';
import { expect, type Locator, type Page } from '@playwright/test';
import { appStarted } from '../scripts/app-started';
// Declares globalThis.lentigo, which the built app puts on its page.
import type {} from '../src/app/automation';
import { english as en } from '../src/app/languages/texts';
import type { Analysis, BackendName } from '../src/core/analysis';
import { type Card, parseCard } from '../src/core/card/card';
import { defaultModel } from '../src/core/card/recommended';
import type { AnalyseRequest } from '../src/engine/engine';

/** The words of the page. */
export { en };

/** The cards of the packages that the app comes with. */
const shipped = (
  JSON.parse(readFileSync('public/models/index.json', 'utf8')) as { packages: string[] }
).packages
  .map((id) => parseCard(id, JSON.parse(readFileSync(`public/models/${id}/card.json`, 'utf8'))))
  .flatMap((card) => (card.ok ? [card.value] : []));

/** A panel asks several networks, which takes an emulated GPU minutes: the list of models lacks them here. */
export const panelIds = shipped.filter(({ task }) => task === 'panel').map(({ id }) => id);

/** The package that the first screen shows. */
export const defaultCard = defaultModel(shipped.filter(({ task }) => task !== 'panel')) as Card;
export const packageId = defaultCard.id;

/** The smallest package for dermoscopy, for tests of many photos. */
export const smallId = 'mobilenetv2-nevus-melanoma';

/** The packages that outline lesions; the page takes the first. */
export const segmenterIds = shipped.filter(({ task }) => task === 'segmentation').map(({ id }) => id);
export const segmenterId = segmenterIds[0] ?? '';

type PickedFile = string | { name: string; mimeType: string; buffer: Buffer };

/** The app's page, with the words for what a person does there. */
export class AppPage {
  readonly answer: Locator;

  constructor(readonly page: Page) {
    const tab = page.getByRole('tabpanel', { name: en.viewer.tabs.answer, exact: true });
    this.answer = page.getByRole('region', { name: en.answer.region, exact: true }).or(tab);
  }

  /**
   * On a phone the panes stand behind tabs; elsewhere, and while there is no photo, there is nothing to do.
   */
  async show(pane: 'queue' | 'photo' | 'answer'): Promise<void> {
    const words = en.viewer.tabs[pane].split(' (')[0] ?? '';
    const tab = this.page.getByRole('tab', { name: new RegExp(`^${words}( \\(|$)`) });
    if (await tab.isVisible()) await tab.click();
  }

  /** Chooses the kind of photo, and the model that answers for it. */
  async chooseModel({ domain, title }: Pick<Card, 'domain' | 'title'>): Promise<void> {
    const kind = this.page.getByRole('combobox', { name: en.model.kind, exact: true });
    const model = this.page.getByRole('combobox', { name: en.model.choose, exact: true });
    await expect(kind.or(model).first()).toBeVisible();
    // Where all models are for one kind of photo there is none to choose.
    if ((await kind.count()) > 0 && (await kind.inputValue()) !== en.domain[domain]) {
      await kind.click();
      await this.page.getByRole('option', { name: en.domain[domain], exact: true }).click();
    }
    // Of a kind with one model there is nothing to choose, either.
    if ((await model.count()) === 0 || (await model.inputValue()) === title.en) return;
    await model.click();
    const named = this.page.getByText(title.en, { exact: true });
    await this.page.getByRole('option').filter({ has: named }).click();
  }

  /** Opens a section of the answer, where it is folded. */
  async unfold(heading: string): Promise<void> {
    const toggle = this.answer.getByRole('button', { name: heading, exact: true });
    if ((await toggle.getAttribute('aria-expanded')) === 'false') await toggle.click();
  }

  /** Opens a screen; the clinic unless another is named. */
  async open(url: string, screen = 'clinic'): Promise<void> {
    await this.page.goto(`${url}#/${screen}`);
    await appStarted(this.page);
  }

  /** Lets the browser itself drop a file in the middle of the page. */
  async drop(path: string): Promise<void> {
    const session = await this.page.context().newCDPSession(this.page);
    const { width, height } = this.page.viewportSize() ?? { width: 0, height: 0 };
    const data = { items: [], files: [path], dragOperationsMask: 1 };
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
      await session.send('Input.dispatchDragEvent', { type, x: width / 2, y: height / 2, data });
    }
    await session.detach();
  }

  async pick(files: PickedFile | PickedFile[]): Promise<void> {
    await this.show('queue');
    const chooser = this.page.waitForEvent('filechooser');
    await this.page
      .getByRole('button', { name: new RegExp(`${en.photo.choose}|${en.photo.another}`) })
      .click();
    await (await chooser).setFiles(files as string[]);
    await this.show('answer');
  }

  /** Copies a photo to the clipboard as browsers do, as PNG, and pastes it. */
  async paste(path: string): Promise<void> {
    await this.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await this.page.evaluate(
      async (jpeg) => {
        // No fetch of a data: URL, which the page's policy forbids.
        const bytes = Uint8Array.from(atob(jpeg), (character) => character.charCodeAt(0));
        const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/jpeg' }));
        const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
        canvas.getContext('2d')?.drawImage(bitmap, 0, 0);
        await navigator.clipboard.write([new ClipboardItem({ 'image/png': await canvas.convertToBlob() })]);
      },
      readFileSync(path, 'base64'),
    );
    await this.page.keyboard.press('ControlOrMeta+V');
  }

  async chooseBackend(name: 'automatic' | BackendName): Promise<void> {
    await this.backendButton.click();
    const dialog = this.page.getByRole('dialog');
    const settled = () => expect(dialog.getByRole('radiogroup')).toHaveAttribute('aria-busy', 'false');
    // While the page still looks for a back end, nothing can be chosen.
    await settled();
    await dialog.getByText(en.backend[name], { exact: true }).last().click();
    await settled();
    // The keyboard's focus is where it was, and Escape is heard.
    await expect(dialog.getByRole('radio', { name: en.backend[name], exact: true })).toBeFocused();
    await this.page.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
  }

  get backendButton(): Locator {
    return this.page.getByRole('button', { name: new RegExp(en.backend.label.split('{')[0] ?? '') });
  }

  /** Waits for an answer and reads the percentages that are shown, by the name of the class. */
  async shownProbabilities(): Promise<Record<string, string>> {
    await expect(this.page.getByText(en.photo.dropHere)).toBeHidden();
    await this.show('answer');
    // While an answer is renewed, the old one stays and the button is disabled.
    await expect(this.answer.getByRole('button', { name: en.answer.again })).toBeEnabled({
      timeout: 180_000,
    });
    const insist = this.answer.getByRole('button', { name: en.answer.showNumbers });
    if (await insist.isVisible()) await insist.click();
    const rows = this.answer.getByRole('table', { name: en.answer.probabilities }).getByRole('row');
    await expect(rows.first()).toBeVisible();
    const cells = await rows.evaluateAll((all) =>
      all.map((row) => [row.querySelector('th')?.textContent ?? '', row.lastElementChild?.textContent ?? '']),
    );
    return Object.fromEntries(
      cells.map(([name = '', percent = '']) => [
        name.replace(new RegExp(` ?(${Object.values(en.verdict.kind).join('|')})$`), '').trim(),
        percent,
      ]),
    );
  }

  /**
   * Runs a photo through the page's engine, the way that a dropped photo goes, for numbers with all their
   * digits.
   */
  async analyse(
    photo: string | Buffer,
    on: BackendName | null = null,
    request: Partial<AnalyseRequest> = {},
  ): Promise<Analysis> {
    const base64 = (typeof photo === 'string' ? readFileSync(photo) : photo).toString('base64');
    const result = await this.page.evaluate(
      async ({ base64, on, packageId, request }) => {
        const { engine } = globalThis.lentigo;
        if (on) await engine.pinBackend(on);
        const blob = new Blob([Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))]);
        const result = await engine.analyse(blob, { packageId, overruleGate: true, ...request });
        return result.ok ? { ...result, value: { ...result.value, activation: null } } : result;
      },
      { base64, on, packageId, request },
    );
    if (!result.ok) throw new Error(`No analysis: ${JSON.stringify(result.failure)}`);
    if (on) expect(result.value.provenance.backend).toBe(on);
    return result.value;
  }
}

/** The calibrated probabilities of an analysis, by class id. */
export function probabilitiesOf({ probabilities }: Pick<Analysis, 'probabilities'>): Record<string, number> {
  return Object.fromEntries(probabilities.map(({ id, calibrated }) => [id, calibrated]));
}

/** Expects the same classes, and every probability within `tolerance`. */
export function expectClose(
  got: Record<string, number>,
  wanted: Record<string, number>,
  tolerance: number,
): void {
  expect(Object.keys(got).sort()).toEqual(Object.keys(wanted).sort());
  const differences = Object.entries(wanted).map(([id, value]) => Math.abs((got[id] ?? Number.NaN) - value));
  expect(Math.max(...differences), `${JSON.stringify(got)} against ${JSON.stringify(wanted)}`).toBeLessThan(
    tolerance,
  );
}
