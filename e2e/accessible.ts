import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** The dialog before the page. */
export const dialogPart = '[role="dialog"]';

/** Expects that axe-core finds nothing to complain of in the page. `state`: what it shows, for the message. */
export async function expectAccessible(page: Page, state = ''): Promise<void> {
  await expectNothingFound(new AxeBuilder({ page }), state);
}

/** The same of a part of the page, a CSS selector. */
export async function expectPartAccessible(page: Page, part: string): Promise<void> {
  const axe = new AxeBuilder({ page }).include(part);
  // Every dialog of the library has a header of its own, which is no banner of the page.
  if (part === dialogPart) axe.disableRules(['landmark-no-duplicate-banner']);
  await expectNothingFound(axe, part);
}

async function expectNothingFound(axe: AxeBuilder, what: string): Promise<void> {
  const { violations } = await axe.analyze();
  const found = violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target }) => `${id}: ${target.join(' ')}`),
  );
  expect(found, what).toEqual([]);
}
