// @vitest-environment happy-dom
import { screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { success } from '../../../core/failure';
import { exampleAnalysis, exampleCard } from '../../../core/fixtures/analysis';
import { fakeServices, renderPart, text } from '../../../ui/testing/render';
import { answerFrom, type MachineMap } from '../model/machine-answer';
import { QuizContext, type QuizParts } from './context';
import { MachinePart } from './MachinePart';

/** What is said beside a map with these values. */
async function captionOf(values: number[]): Promise<string | null> {
  const services = fakeServices({ packages: async () => success([exampleCard]) });
  await services.runtime.refreshPackages();
  const about = { photo: 'a', asked: 'b' };
  const answer = answerFrom(about, { card: exampleCard, beside: null }, exampleAnalysis(), null);
  const map: MachineMap = {
    ...{ classId: 'mel', width: 4, height: 4, square: { left: 0, top: 0, side: 4 } },
    ...{ photo: { width: 4, height: 4 }, values: Float32Array.from(values) },
  };
  const question = {
    ...{ known: { diagnosis: 'mel' }, url: '', choice: 'nv' },
    machine: { state: 'done', answer, map },
  } as unknown as Parameters<typeof MachinePart>[0]['question'];
  renderPart(
    <QuizContext value={{ quiz: {} } as QuizParts}>
      <MachinePart question={question} mapped onMapped={() => {}} />
    </QuizContext>,
    services,
  );
  return screen.getByRole('note').textContent;
}

const name = text('quiz.machine.mapOf', { name: 'Melanoma' });

test('the map names its class in words, and says that it may lie outside of the lesion', async () => {
  expect(await captionOf([...Array(15).fill(0), 1])).toBe(`${name} ${text('quiz.machine.mapUnplaced')}`);
});

test('a map that is the same everywhere says that it points at nothing', async () => {
  expect(await captionOf(Array(16).fill(1))).toBe(`${name} ${text('report.photo.doubt.flat')}`);
});
