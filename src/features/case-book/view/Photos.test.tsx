// @vitest-environment happy-dom
import { screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { entry, lesion, photo } from '../../../records/fixtures/records';
import { renderPart } from '../../../ui/testing/render';
import { Photos } from './Photos';

test('a photo says in words whether it was flagged; one without an answer has its name', () => {
  const answered = entry('e', 'h1', 'l');
  const photos = [photo('h1', ['l']), photo('h2', ['l'])];
  const lesionCase = { lesion: lesion('l'), patient: null, photos, entries: [answered] };
  renderPart(<Photos lesionCase={lesionCase} packageId={answered.analysis.provenance.packageId} />);
  const said = screen.getAllByRole('figure').map(({ textContent }) => textContent?.replaceAll('\u00a0', ' '));
  expect(said.filter((each) => each?.includes('Flagged: 30 % against 21 %'))).toHaveLength(1);
  expect(said.filter((each) => each?.includes('h2.jpg'))).toHaveLength(1);
});

test('a photo that only another package has answered says that answer, with the name of the package', () => {
  const own = entry('e1', 'h1', 'l');
  const { analysis } = entry('e2', 'h2', 'l');
  const provenance = { ...analysis.provenance, packageId: 'another' };
  const other = entry('e2', 'h2', 'l', { analysis: { ...analysis, provenance } });
  const photos = [photo('h1', ['l']), photo('h2', ['l'])];
  const lesionCase = { lesion: lesion('l'), patient: null, photos, entries: [own, other] };
  renderPart(<Photos lesionCase={lesionCase} packageId={own.analysis.provenance.packageId} />);
  const said = screen.getAllByRole('figure').map(({ textContent }) => textContent?.replaceAll('\u00a0', ' '));
  expect(said.filter((each) => each?.includes('Flagged: 30 % against 21 % (another)'))).toHaveLength(1);
  expect(said.filter((each) => each?.includes('.jpg'))).toHaveLength(0);
});
