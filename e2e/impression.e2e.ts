import { readFileSync } from 'node:fs';
import { parseCard } from '../src/core/card/card';
import { en, expect, test } from './app';
import { heldBackPhotos, needsPhotos } from './photos';

/** The card of this one asks for facts, whose change would tell what the answer was. */
const asking = 'efficientnet-lite2-phone-symptoms';

test('while an own impression is awaited nothing on the page or in a file gives the answer away', async ({
  app,
  page,
  site,
}) => {
  needsPhotos();
  const card = parseCard(asking, JSON.parse(readFileSync(`public/models/${asking}/card.json`, 'utf8')));
  if (!card.ok) throw new Error('no card');
  const names = card.value.classes.map(({ name }) => name.en);
  await app.open(site);
  await app.chooseBackend('wasm');
  await app.chooseModel(card.value);
  const [seen = '', awaited = ''] = heldBackPhotos('mel', 2);
  await app.pick(seen);
  await app.shownProbabilities();
  await app.answer.getByRole('switch', { name: en.caseBook.impression.first }).check({ force: true });
  await app.pick(awaited);
  await expect(app.answer.getByRole('heading', { name: en.caseBook.impression.hidden })).toBeVisible();

  // A fact given now runs it again; what that moved is an answer too. So is a map of the evidence.
  await app.unfold(en.facts.heading);
  await page.getByRole('textbox', { name: /years/i }).fill('82');
  await page.keyboard.press('Tab');
  await expect(app.answer.getByRole('button', { name: en.answer.again })).toBeEnabled();
  await page.keyboard.press('m');
  for (const name of [en.answer.region, en.photo.region]) {
    const hidden = await page.getByRole('region', { name, exact: true }).ariaSnapshot();
    expect(
      names.filter((name) => hidden.includes(name)),
      `${name}: ${hidden}`,
    ).toEqual([]);
    expect(hidden).not.toMatch(/\d\s?%/);
  }
  const rows = page.getByRole('region', { name: en.viewer.queue.region }).getByRole('listitem');
  await expect(rows.last()).toContainText(en.caseBook.impression.hiddenShort);
  await expect(page.getByRole('button', { name: en.export.menu, exact: true })).toHaveCount(0);
  await expect(page.getByRole('button', { name: en.caseBook.save.button })).toHaveCount(0);

  // Nor does the table of the batch tell, had from the photo that was answered before.
  await rows.first().getByRole('button').first().click();
  const table = async () => {
    await page.getByRole('button', { name: en.export.menu, exact: true }).click();
    const download = page.waitForEvent('download');
    await page.getByRole('menuitem', { name: en.export.csv }).click();
    return readFileSync(await (await download).path(), 'utf8');
  };
  const nameOf = (path: string) => path.split('/').at(-1) ?? '';
  const before = await table();
  expect(before).toContain(nameOf(seen));
  expect(before).not.toContain(nameOf(awaited));

  await rows.last().getByRole('button').first().click();
  await app.answer.getByLabel(en.caseBook.impression.label, { exact: true }).fill('Wart');
  await app.answer.getByRole('button', { name: en.caseBook.impression.write }).click();
  await app.shownProbabilities();
  await expect(page.getByRole('status', { name: en.facts.moved })).toBeVisible();
  await expect(app.answer.getByText(/Wart/).first()).toBeVisible();
  expect(await table()).toContain(nameOf(awaited));
});
