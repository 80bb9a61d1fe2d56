// @vitest-environment happy-dom
import { screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { exampleCard } from '../../../core/fixtures/analysis';
import { text } from '../../../ui/testing/render';
import { doneRun, openPhoto } from '../model/testing/triage-rows';
import { CaseSection } from './CaseSection';
import { renderClinic } from './testing/render-clinic';

const names = { lesionId: 'l1', photoId: 'h1', patient: 'K-17', lesion: 'Back', side: null };
const drawn = (saved: typeof names & { fromFile?: true }) =>
  renderClinic(
    <CaseSection
      photo={openPhoto('a.jpg', { saved, runs: { nets: doneRun(0.1) } })}
      card={exampleCard}
      onJson={() => {}}
    />,
  );
const said = (key: string) => text(key).replace('{{name}}', 'K-17, Back');

test('a photo says the case that it is saved in', () => {
  drawn(names);
  expect(screen.getByText(said('caseBook.save.in'))).toBeTruthy();
});

test('names that only a file gives are said to be the file’s, and claim no case here', () => {
  drawn({ ...names, fromFile: true });
  expect(screen.getByText(said('handOver.inFile'))).toBeTruthy();
  expect(screen.queryByText(said('caseBook.save.in'))).toBeNull();
});
