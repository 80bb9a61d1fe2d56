// @vitest-environment happy-dom
import { act, fireEvent, screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { success } from '../../../../core/failure';
import { exampleCard } from '../../../../core/fixtures/analysis';
import { fakeServices, text } from '../../../../ui/testing/render';
import { doneRun, openPhoto } from '../../model/testing/triage-rows';
import { renderClinic } from '../testing/render-clinic';
import { useTriageView } from '../use-triage';
import { QueueFilters } from './QueueFilters';

const cards = ['nets', 'other'].map((id) => ({ ...exampleCard, id }));
const photos = [
  openPhoto('alike', { runs: { nets: doneRun(0.1), other: doneRun(0.1) } }),
  openPhoto('apart', { runs: { nets: doneRun(0.1), other: doneRun(0.5) } }),
  openPhoto('flagged', { runs: { nets: doneRun(0.5), other: doneRun(0.5) } }),
];

function Filters() {
  const { rows, counts } = useTriageView();
  return (
    <>
      <QueueFilters counts={counts} count={photos.length} />
      {rows.map(({ photo }) => (
        <p key={photo.id}>{photo.name}</p>
      ))}
    </>
  );
}
const shown = () => photos.map(({ name }) => name).filter((name) => screen.queryByText(name));
const countOf = (filter: string, count: number) =>
  screen.getByRole('button', { name: text(`viewer.queue.filter.${filter}`, { count }) });

test('a count filters: where models differ, then all of it again; a count of none is not offered', async () => {
  const services = fakeServices({ packages: async () => success(cards) });
  await services.runtime.refreshPackages();
  const { workbench } = renderClinic(<Filters />, services);
  act(() => workbench.store.setState({ photos, packageId: 'nets', selectedId: photos[0]?.id ?? null }));
  expect(screen.getAllByRole('button')).toHaveLength(2);
  expect(countOf('flagged', 1)).toBeTruthy();
  fireEvent.click(countOf('differs', 1));
  expect(shown()).toEqual(['apart']);
  expect(workbench.store.getState().selectedId).toBe('apart');
  expect(countOf('differs', 1).getAttribute('aria-pressed')).toBe('true');
  fireEvent.click(countOf('differs', 1));
  expect(shown()).toHaveLength(3);
});
