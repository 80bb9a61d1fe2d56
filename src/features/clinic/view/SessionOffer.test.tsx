// @vitest-environment happy-dom
import { fireEvent, screen, waitFor } from '@testing-library/react';
import { expect, test } from 'vitest';
import { failure } from '../../../core/failure';
import { text } from '../../../ui/testing/render';
import { SessionNote } from './SessionNote';
import { SessionOffer } from './SessionOffer';
import { renderClinic } from './testing/render-clinic';

const offer = {
  sessionIds: ['a'],
  photos: 12,
  savedAt: '2026-03-04T05:06:07.000Z',
  endsAt: '2026-03-05T05:06:07.000Z',
};

test('what an earlier visit left is announced with its end, and goes once a choice is made', async () => {
  const { session } = renderClinic(<SessionOffer />);
  expect(screen.queryByRole('region')).toBeNull();
  session.store.setState({ offer });
  const said = await screen.findByRole('status');
  expect(said.textContent).toContain('12 photos');
  expect(said.textContent).toContain('Mar\u00a05,\u00a02026');
  expect(said.textContent).toContain('uploaded nowhere');
  session.forget = async () => {
    session.store.setState({ offer: null });
    return null;
  };
  fireEvent.click(screen.getByRole('button', { name: text('session.forget') }));
  await waitFor(() => expect(screen.queryByRole('region')).toBeNull());
});

test('a choice that fails leaves the offer where it is', async () => {
  const { session } = renderClinic(<SessionOffer />);
  session.store.setState({ offer });
  session.resume = async () => failure('storage-denied').failure;
  const resume = await screen.findByRole('button', { name: text('session.resume') });
  fireEvent.click(resume);
  await waitFor(() => expect(resume.hasAttribute('data-loading')).toBe(false));
  expect(screen.getByRole('status').textContent).toContain('12 photos');
});

test('the queue says that it is kept, and in a sentence what is not and why', async () => {
  const { session } = renderClinic(<SessionNote />);
  const full = failure('storage-full').failure;
  session.store.setState({ keeping: { kept: 3, leftOut: 0, problem: null } });
  expect(await screen.findByText(text('session.keeps'))).toBeTruthy();
  session.store.setState({ keeping: { kept: 3, leftOut: 2, problem: full } });
  const said = await screen.findByRole('status');
  expect(said.textContent).toContain(text('session.refused', { count: 2 }));
  expect(said.textContent).toContain(text('failure.storage-full.sentence'));
  session.store.setState({ keeping: { kept: 3, leftOut: 2, problem: null } });
  await waitFor(() => expect(screen.getByRole('status').textContent).toContain('no more than'));
});
