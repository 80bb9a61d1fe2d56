import { expect } from '@playwright/test';
// Declares globalThis.lentigo, which the built app puts on its page.
import type {} from '../../src/app/automation';
import { patienceMs } from './patience';
import type { DrivenPage } from './webdriver';

/** What a person does on the page, in words that hold in every browser: Playwright's own need its browsers. */

/**
 * Waits until something on the page is so. A question that fails counts as "not yet", because a page that is
 * being replaced answers none.
 */
export async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  const ask = () => isSo().catch((error: unknown) => String(error));
  await expect.poll(ask, { message: what, timeout: patienceMs }).toBe(true);
}

/**
 * Opens an address, and waits until its page runs: Firefox says that it is there while the page before still
 * answers.
 */
export async function visit(page: DrivenPage, url: string) {
  await page.goto(url);
  await until(url, () =>
    page.evaluate((url) => location.href === url && globalThis.lentigo !== undefined, url),
  );
}

/** Presses the button or link of that name (of one of several) as soon as there is one that can be pressed. */
export async function press(
  page: DrivenPage,
  names: string | readonly string[],
  how: 'exactly' | 'begins' = 'exactly',
) {
  const wanted = { names: [names].flat(), begins: how === 'begins' };
  await until(`a button "${wanted.names.join('" or "')}"`, () => page.evaluate(pressInPage, wanted));
}

/** Presses the first element that a selector finds: for what has no name of its own, such as a place on a figure. */
export async function pressAt(page: DrivenPage, selector: string) {
  await until(selector, () =>
    page.evaluate((selector) => {
      const element = document.querySelector(selector);
      element?.dispatchEvent(new MouseEvent('click', { bubbles: true }));
      return element !== null;
    }, selector),
  );
}

/** Types into the field of that label. */
export async function fill(page: DrivenPage, label: string, text: string) {
  await until(`a field "${label}"`, () => page.evaluate(fillInPage, { label, text }));
}

/** Waits until the page says something. */
export async function reads(page: DrivenPage, text: string) {
  await until(`the page says "${text}"`, () =>
    // biome-ignore lint/performance/useDomNodeTextContent: what is hidden is not said.
    page.evaluate((text) => document.body.innerText.includes(text), text),
  );
}

/** Chooses a photo of the server's as the person would one of the disk. */
export async function chooseFile(page: DrivenPage, url: string) {
  await until('a field for files', () => page.evaluate(chooseInPage, url));
}

/** The functions below run in the page, so they use nothing from outside themselves. */

function pressInPage({ names, begins }: { names: readonly string[]; begins: boolean }): boolean {
  const buttons = [...document.querySelectorAll<HTMLElement>('button, a[href], [role="button"]')];
  const found = buttons.find((button) => {
    const said = (button.getAttribute('aria-label') ?? button.textContent ?? '').trim();
    const pressable = !button.matches(':disabled, [data-disabled], [data-loading]') && button.offsetParent;
    return pressable && names.some((name) => (begins ? said.startsWith(name) : said === name));
  });
  found?.click();
  return found !== undefined;
}

function fillInPage({ label, text }: { label: string; text: string }): boolean {
  const labels = [...document.querySelectorAll('label')];
  const field = labels.find(({ textContent }) => textContent?.startsWith(label))?.control;
  if (!(field instanceof HTMLInputElement)) return false;
  // React listens to its own property; the browser's sets the value as typing does.
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(field, text);
  field.dispatchEvent(new Event('input', { bubbles: true }));
  return field.value === text;
}

async function chooseInPage(url: string): Promise<boolean> {
  const field = document.querySelector<HTMLInputElement>('input[type="file"]:not([webkitdirectory])');
  if (!field) return false;
  const photo = await (await fetch(url)).blob();
  const files = new DataTransfer();
  files.items.add(new File([photo], 'photo.jpg', { type: 'image/jpeg' }));
  field.files = files.files;
  field.dispatchEvent(new Event('change', { bubbles: true }));
  return true;
}
