// @vitest-environment happy-dom
import { fireEvent, screen, waitFor } from '@testing-library/react';
import { beforeEach, expect, test, vi } from 'vitest';
import { success } from '../../../../core/failure';
import { exampleCard, exampleSiteCalibration } from '../../../../core/fixtures/analysis';
import { entry, lesion, patient, photo } from '../../../../records/fixtures/records';
import type { AnalysisEntry } from '../../../../records/record';
import { fakeServices, renderPart, text } from '../../../../ui/testing/render';
import { numberedCases } from '../../model/patient';
import { casesOf } from '../../model/search';
import { PatientReportButton } from './PatientReportButton';

const pdfOf = vi.hoisted(() => vi.fn());
vi.mock('../../../../report/exports', () => ({ pdfOf, stem: (name: string) => name }));
vi.mock('../../../../ui/save-file', () => ({ saveFile: () => {} }));

const by = (
  id: string,
  photoId: string,
  packageId: string,
  above: boolean,
  createdAt: string,
): AnalysisEntry => {
  const { analysis } = entry(id, photoId, 'l');
  const decision = {
    positive: ['mel'],
    probability: above ? 0.3 : 0.1,
    threshold: 0.21,
    above,
    wanted: null,
  };
  const provenance = { ...analysis.provenance, packageId };
  return entry(id, photoId, 'l', { analysis: { ...analysis, createdAt, decision, provenance } });
};
const day = (number: number) => `2025-01-0${number}T00:00:00.000Z`;
/** The compared model has the most answers; only the panel flags the newest photo. */
const cases = casesOf({
  patients: [patient('p')],
  lesions: [lesion('l', { patientId: 'p' })],
  photos: [photo('h1', ['l'], { takenAt: day(1) }), photo('h2', ['l'], { takenAt: day(2) })],
  entries: [
    by('e1', 'h1', 'compared', false, day(1)),
    by('e2', 'h2', 'panel', true, day(2)),
    by('e3', 'h2', 'compared', false, day(3)),
  ],
});

/** What goes into the PDF, where these packages are here. */
async function reportWith(packages: readonly string[], of = cases) {
  pdfOf.mockResolvedValue(success(new Blob()));
  const services = fakeServices({
    packages: async () => success(packages.map((id) => ({ ...exampleCard, id }))),
  });
  await services.runtime.refreshPackages();
  renderPart(
    <PatientReportButton patient={patient('p')} numbered={numberedCases(of, 'p')} visits={[]} />,
    services,
  );
  fireEvent.click(screen.getByRole('button', { name: text('export.menu') }));
  fireEvent.click(await screen.findByRole('menuitem', { name: text('patientPage.report.button') }));
  await waitFor(() => expect(pdfOf).toHaveBeenCalledOnce());
  const [reports, , { lesions }] = pdfOf.mock.calls[0] ?? [];
  return { reports, row: lesions[0] };
}
beforeEach(() => pdfOf.mockReset());

test('the report is of the answer that the screen shows, and not of the package with the most answers', async () => {
  const { reports, row } = await reportWith(['compared', 'panel']);
  expect(reports).toHaveLength(1);
  expect(reports[0].analysis.provenance.packageId).toBe('panel');
  expect(row.report).toBe(0);
});

test('a flag whose package is gone is written in its row', async () => {
  const { reports, row } = await reportWith(['compared']);
  expect(reports).toHaveLength(0);
  expect(row.report).toBeNull();
  expect(row.answer.replaceAll('\u00a0', ' ')).toBe(
    'Flagged: 30 % against 21 % (panel). No class ruled out.',
  );
});

test('it names the calibration of the site that the answer is by', async () => {
  const siteCalibration = exampleSiteCalibration('panel', 'a'.repeat(64));
  const bySite = cases.map((each) => ({
    ...each,
    entries: each.entries.map((entry) => ({ ...entry, analysis: { ...entry.analysis, siteCalibration } })),
  }));
  const { row } = await reportWith(['compared'], bySite);
  expect(row.answer).toMatch(/No class ruled out\. Judged by the calibration of this site .*“Ward 3”/);
});
