// @vitest-environment happy-dom
import 'fake-indexeddb/auto';
import { fireEvent, screen } from '@testing-library/react';
import { openDB } from 'idb';
import { expect, test, vi } from 'vitest';
import { keptDatabases } from '../../../records/kept-here';
import { fakeServices, renderPart, text } from '../../../ui/testing/render';
import { KeptHere } from './KeptHere';

test('says every kind that is kept, takes the queue off first, and begins a new page', async () => {
  for (const name of Object.values(keptDatabases)) (await openDB(name)).close();
  const order: string[] = [];
  const services = { ...fakeServices(), forgetPhotos: () => order.push('queue') };
  const onForgotten = () => order.push('new page');
  renderPart(<KeptHere onClose={() => {}} onForgotten={onForgotten} />, services);
  for (const kind of Object.keys(keptDatabases))
    expect(screen.getByText(text(`keptHere.what.${kind}.name`))).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: text('keptHere.do') }));
  await vi.waitFor(() => expect(order).toEqual(['queue', 'new page']));
  expect(await indexedDB.databases()).toEqual([]);
});
