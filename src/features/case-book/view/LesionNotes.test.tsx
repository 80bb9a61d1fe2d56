// @vitest-environment happy-dom
import 'fake-indexeddb/auto';
import { fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openCases } from '../../../records/database';
import { lesion } from '../../../records/fixtures/records';
import { createCases } from '../../../records/store';
import { useCases } from '../../../ui/context';
import { fakeServices, renderPart, text } from '../../../ui/testing/render';
import { casesOf } from '../model/search';
import { LesionNotes } from './LesionNotes';

const open = (onClosed: () => void) => openCases({ onClosed });
let here: ReturnType<typeof createCases>;
let otherTab: ReturnType<typeof createCases>;

// Mantine's growing text box listens for fonts, of which a document without a browser has none.
Object.defineProperty(document, 'fonts', { configurable: true, value: new EventTarget() });

/** The notes of the first case, as the screen has them. */
function Notes() {
  const records = useCases((state) => state.records);
  const [lesionCase] = casesOf(records);
  return lesionCase ? <LesionNotes lesionCase={lesionCase} /> : null;
}

beforeEach(async () => {
  // Tabs that do not hear each other: the write itself has to find out.
  [here, otherTab] = [createCases({ open, channel: () => null }), createCases({ open, channel: () => null })];
  await here.put({ lesions: [lesion('l1', { notes: 'first' })] });
  await here.load();
  renderPart(<Notes />, { ...fakeServices(), cases: here });
});
afterEach(async () => {
  await here.forgetEverything();
  await otherTab.forgetEverything();
});

const box = () => screen.getByRole<HTMLTextAreaElement>('textbox', { name: text('caseBook.notes') });
const stored = async () => {
  await otherTab.load();
  return otherTab.store.getState().records.lesions[0]?.notes;
};
function write(notes: string): void {
  fireEvent.change(box(), { target: { value: notes } });
  fireEvent.blur(box());
}

test('what another tab wrote meanwhile is shown beside what was written here, and both can be kept', async () => {
  await otherTab.edit('lesions', 'l1', () => ({ notes: 'theirs' }));
  write('mine');
  const dialog = await screen.findByRole('dialog');
  expect(dialog.textContent).toContain('theirs');
  expect(dialog.textContent).toContain('mine');
  expect(await stored()).toBe('theirs');
  fireEvent.click(screen.getByRole('button', { name: text('caseBook.conflict.keepBoth') }));
  await waitFor(async () => expect(await stored()).toBe('theirs\nmine'));
  expect(box().value).toBe('theirs\nmine');
});

test('a field that was only looked at takes over what the other tab wrote, and overwrites nothing', async () => {
  await otherTab.edit('lesions', 'l1', () => ({ notes: 'theirs' }));
  await here.load();
  await waitFor(() => expect(box().value).toBe('theirs'));
  fireEvent.focus(box());
  fireEvent.blur(box());
  write('theirs, and more');
  await waitFor(async () => expect(await stored()).toBe('theirs, and more'));
  expect(screen.queryByRole('dialog')).toBeNull();
});

test('a place that another tab has set meanwhile is not overwritten unasked', async () => {
  await otherTab.edit('lesions', 'l1', () => ({ site: 'back', side: 'left' as const }));
  fireEvent.click(screen.getByRole('combobox', { name: text('patientPage.place.side') }));
  fireEvent.click(
    await screen.findByRole('option', { name: text('patientPage.place.sides.right'), hidden: true }),
  );
  await screen.findByRole('dialog');
  const place = async () => {
    await otherTab.load();
    const [{ site, side } = {}] = otherTab.store.getState().records.lesions;
    return { site, side };
  };
  expect(await place()).toEqual({ site: 'back', side: 'left' });
  fireEvent.click(screen.getByRole('button', { name: text('caseBook.conflict.keepTheirs') }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(await place()).toEqual({ site: 'back', side: 'left' });
});
