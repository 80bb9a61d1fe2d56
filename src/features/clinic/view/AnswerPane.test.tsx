// @vitest-environment happy-dom
import { fireEvent, screen } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { failure } from '../../../core/failure';
import { exampleAnalysis, exampleCard } from '../../../core/fixtures/analysis';
import type { Run } from '../../../runtime/run';
import { text } from '../../../ui/testing/render';
import { newWorkbenchPhoto, type WorkbenchPhoto } from '../model/workbench-photo';
import { AnswerPane } from './AnswerPane';
import { renderClinic } from './testing/render-clinic';

const analysis = exampleAnalysis();
const blank = newWorkbenchPhoto('photo', { file: new Blob(), name: 'spot.jpg', source: 'file' });

/** The pane for a photo whose run is this far. */
function draw(run: Run | null, changes: Partial<WorkbenchPhoto> = {}) {
  const photo = { ...blank, ...(run && { runs: { [exampleCard.id]: run } }), ...changes };
  const drawn = renderClinic(<AnswerPane photo={photo} cards={[exampleCard]} card={exampleCard} />);
  return {
    analyse: vi.spyOn(drawn.workbench, 'analyse').mockResolvedValue(),
    override: vi.spyOn(drawn.workbench, 'override').mockReturnValue(),
    cancel: vi.spyOn(drawn.workbench, 'cancel').mockReturnValue(),
  };
}

const button = (key: string) => screen.getByRole<HTMLButtonElement>('button', { name: text(key) });
const flagged = () => screen.queryByRole('heading', { name: text('verdict.headline.flagged') });

test('without a photo it says what will stand here', () => {
  renderClinic(<AnswerPane photo={null} cards={[exampleCard]} card={exampleCard} />);
  expect(screen.getByRole('heading', { name: text('answer.emptyHeading') })).toBeDefined();
  expect(screen.getByText(text('app.disclaimer'))).toBeDefined();
});

test('a file that could not be opened says why', () => {
  draw(null, { unopened: failure('dicom-unsupported').failure });
  expect(screen.getByText(text('failure.dicom-unsupported.sentence'))).toBeDefined();
});

test('a run shows its progress and can be cancelled', () => {
  const { cancel } = draw({ state: 'running', progress: { stage: 'network', fraction: 0.5 } });
  expect(screen.getByRole('heading', { name: text('answer.runningHeading') })).toBeDefined();
  fireEvent.click(button('answer.cancel'));
  expect(cancel).toHaveBeenCalledWith('photo', exampleCard.id);
});

test('an answer before the outline says that it is provisional, and cannot be run again yet', () => {
  draw({ state: 'running', progress: null, provisional: analysis });
  expect(screen.getByText(text('answer.provisional.heading'))).toBeDefined();
  expect(flagged()).not.toBeNull();
  expect(screen.queryByRole('button', { name: text('answer.again') })).toBeNull();
});

test('an older answer stays while a newer one is on its way, marked as busy', () => {
  draw({ state: 'running', progress: null, previous: analysis });
  expect(flagged()?.closest('[aria-busy="true"]')).not.toBeNull();
  expect(button('answer.again').disabled).toBe(true);
});

test('while another model runs, the answer of the one before stands under its name', () => {
  const before = { ...exampleCard, id: 'before', title: { en: 'The model before', ko: '이전 모델' } };
  const runs = {
    before: { state: 'done', analysis },
    [exampleCard.id]: { state: 'running', progress: { stage: 'network', fraction: 0.5 } },
  } as const;
  const photo = { ...blank, runs };
  const cards = [exampleCard, before];
  renderClinic(<AnswerPane photo={photo} cards={cards} card={exampleCard} before={before} />);
  expect(screen.getByText(/^The model before answered/)).toBeDefined();
  expect(flagged()?.closest('[aria-busy="true"]')).not.toBeNull();
  expect(screen.queryByRole('button', { name: text('answer.again') })).toBeNull();
});

test('an answer is announced, and can be run again', () => {
  const { analyse } = draw({ state: 'done', analysis });
  expect(screen.getByRole('status').textContent).toContain('Flagged');
  fireEvent.click(button('answer.again'));
  expect(analyse).toHaveBeenCalledWith('photo', exampleCard.id);
});

test('a photo that the input check turned away can be judged all the same', () => {
  const { override } = draw({ state: 'failed', failure: failure('photo-blur', { value: 1 }).failure });
  fireEvent.click(button('answer.overrule'));
  expect(override).toHaveBeenCalledWith('photo', { overruled: true });
});

test('after any other failure it is tried again', () => {
  const { analyse } = draw({ state: 'failed', failure: failure('package-unavailable').failure });
  fireEvent.click(button('answer.retry'));
  expect(analyse).toHaveBeenCalledWith('photo', exampleCard.id);
});

test('the earlier answer stays where a run came to nothing, with the reason', () => {
  const { analyse } = draw({ state: 'failed', failure: failure('cancelled').failure, previous: analysis });
  expect(flagged()?.closest('[aria-busy="true"]')).toBeNull();
  expect(screen.getByText(text('failure.cancelled.sentence'))).toBeDefined();
  expect(screen.getByText(text('pane.earlier'))).toBeDefined();
  fireEvent.click(button('answer.retry'));
  expect(analyse).toHaveBeenCalledWith('photo', exampleCard.id);
});

test('an overruled input check is said above the answer', () => {
  const gate = { accepted: false, overruled: true, checks: [] };
  draw({ state: 'done', analysis: exampleAnalysis({ gate }) });
  expect(screen.getByText(text('answer.overruled'))).toBeDefined();
});
