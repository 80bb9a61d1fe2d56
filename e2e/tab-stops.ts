import type { Locator, Page } from '@playwright/test';

/** What has the focus, from the top of `main` on, until the focus leaves this part of the page. */
export async function stopsIn(page: Page, part: Locator): Promise<number> {
  await page.locator('main').focus();
  const inside = () => part.evaluate((element) => element.contains(document.activeElement));
  let stops = 0;
  for (await page.keyboard.press('Tab'); await inside(); await page.keyboard.press('Tab')) stops += 1;
  return stops;
}

/**
 * Goes through a part by keyboard, from its first stop on or from its last one back: how many stops it has,
 * and which of them are covered, wholly or in part, or out of view, while they have the focus. `room`: what
 * must show them; null for the window.
 */
export async function tabThrough(page: Page, part: Locator, room: Locator | null, key: 'Tab' | 'Shift+Tab') {
  const stops = part.locator('button:visible:not(:disabled), input:visible:not(:disabled), summary:visible');
  const begin = key === 'Tab' ? stops.first() : stops.last();
  await begin.evaluate((element) => (element as HTMLElement).focus());
  const view = (await room?.boundingBox()) ?? { y: 0, height: page.viewportSize()?.height ?? 0 };
  const covered: string[] = [];
  for (let stop = 0; stop < 80; stop++) {
    const found = await part.evaluate((pane, view) => {
      const focus = document.activeElement;
      if (!focus || !pane.contains(focus)) return null;
      // A hidden input stands for the label around it.
      const around = '.mantine-SegmentedControl-root, .mantine-Switch-root, .mantine-Checkbox-root';
      const shown = focus.closest(around) ?? focus;
      const { left, top, right, bottom } = shown.getBoundingClientRect();
      const inView = top >= view.y - 1 && bottom <= view.y + view.height + 1;
      const free = [top + 2, (top + bottom) / 2, bottom - 2].every((y) => {
        const seen = document.elementFromPoint((left + right) / 2, y);
        return seen !== null && (shown.contains(seen) || seen.contains(shown));
      });
      return inView && free
        ? ''
        : `${shown.textContent?.trim() || shown.getAttribute('aria-label')} (${Math.round(top)} to ${Math.round(bottom)})`;
    }, view);
    if (found === null) return { covered, stops: stop };
    if (found !== '') covered.push(found);
    await page.keyboard.press(key);
  }
  return { covered, stops: 80 };
}
