// @vitest-environment happy-dom
import 'fake-indexeddb/auto';
import { fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openCases } from '../../../../records/database';
import { patient } from '../../../../records/fixtures/records';
import { createCases } from '../../../../records/store';
import { useCases } from '../../../../ui/context';
import { fakeServices, renderPart, text } from '../../../../ui/testing/render';
import { NextVisit } from './NextVisit';

const open = (onClosed: () => void) => openCases({ onClosed });
// Tabs that do not hear each other: the write itself has to find out.
const tab = () => createCases({ open, channel: () => null });
let here: ReturnType<typeof createCases>;
let otherTab: ReturnType<typeof createCases>;

function Shown() {
  const [one] = useCases((state) => state.records.patients);
  return one ? <NextVisit kind="patients" id={one.id} day={one.nextVisit} met={false} /> : null;
}

beforeEach(async () => {
  [here, otherTab] = [tab(), tab()];
  await here.put({ patients: [patient('p1')] });
  await here.load();
  renderPart(<Shown />, { ...fakeServices(), cases: here });
});
afterEach(async () => {
  await here.forgetEverything();
  await otherTab.forgetEverything();
});

const stored = async () => {
  await otherTab.load();
  return otherTab.store.getState().records.patients[0]?.nextVisit;
};
function write(day: string): void {
  const input = screen.getByLabelText(text('patientPage.next.label'));
  fireEvent.change(input, { target: { value: day } });
  fireEvent.blur(input);
}

test('a day that another tab has set meanwhile is not overwritten unasked', async () => {
  await otherTab.edit('patients', 'p1', () => ({ nextVisit: '2030-01-01' }));
  write('2031-02-02');
  const dialog = await screen.findByRole('dialog');
  expect(dialog.textContent).toContain('2030-01-01');
  expect(dialog.textContent).toContain('2031-02-02');
  expect(await stored()).toBe('2030-01-01');
  // One day is set, never two.
  expect(screen.queryByRole('button', { name: text('caseBook.conflict.keepBoth') })).toBeNull();
  fireEvent.click(screen.getByRole('button', { name: text('caseBook.conflict.keepMine') }));
  await waitFor(async () => expect(await stored()).toBe('2031-02-02'));
});

test('a day is set and taken away again without a question', async () => {
  write('2031-02-02');
  await waitFor(async () => expect(await stored()).toBe('2031-02-02'));
  fireEvent.click(await screen.findByRole('button', { name: text('patientPage.next.none') }));
  await waitFor(async () => expect(await stored()).toBeNull());
  expect(screen.queryByRole('dialog')).toBeNull();
});
