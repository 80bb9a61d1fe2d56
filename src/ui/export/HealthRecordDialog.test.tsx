// @vitest-environment happy-dom
import { fireEvent, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { success } from '../../core/failure';
import { exampleAnalysis, exampleCard, examplePanelMember } from '../../core/fixtures/analysis';
import { exampleSource } from '../../report/health/fixtures/source';
import type { Exportable } from '../../report/may-leave';
import { saveFile } from '../save-file';
import { fakeServices, renderPart, text } from '../testing/render';
import { HealthRecordDialog } from './HealthRecordDialog';

vi.mock('../save-file', () => ({ saveFile: vi.fn() }));
const saved = vi.mocked(saveFile);
beforeEach(() => saved.mockClear());
afterEach(() => vi.restoreAllMocks());

function draw(changes: Partial<Exportable> = {}, services = fakeServices()) {
  const { analysis, card, scale, case: noted, photo } = exampleSource();
  const image = new Blob([photo?.bytes ?? ''], { type: 'image/jpeg' });
  const answer = { photoName: 'Kim Jane.jpg', image: async () => image, analysis, card, scale, case: noted };
  const full = { ...answer, fileMetadata: [], ...changes };
  renderPart(<HealthRecordDialog answer={full} onClose={() => {}} />, services);
}

/** The list of what the file will hold, by its labels. */
function listed(label: string): string | null | undefined {
  const row = screen.getByRole('rowheader', { name: label }).closest('tr');
  return row && within(row).getByRole('cell').textContent;
}

const contents = (key: string, values = {}) => text(`healthRecord.words.contents.${key}`, values);
const choose = (key: string) => fireEvent.click(screen.getByLabelText(text(`healthRecord.${key}`)));
async function save(): Promise<{ name: string; bytes: Uint8Array }> {
  fireEvent.click(screen.getByRole('button', { name: text('healthRecord.save') }));
  await vi.waitFor(() => expect(saved).toHaveBeenCalled(), { timeout: 50_000 });
  const [name, content] = saved.mock.calls[0] ?? [];
  if (!name || !(content instanceof Blob)) throw new Error('no file');
  return { name, bytes: new Uint8Array(await content.arrayBuffer()) };
}

test('says what the file will hold before there is one, and follows the choices', () => {
  draw();
  expect(saved).not.toHaveBeenCalled();
  expect(listed(contents('answer'))).toBe(contents('answerValue', { count: 2 }));
  const form = text('healthRecord.words.form');
  expect(listed(contents('size'))).toBe(`Largest diameter 10 mm, Area 48 mm². ${form}.`);
  expect(listed(contents('patient'))).toBe('Age 45, female, Back, left');
  expect(listed(contents('photo'))).toBe(contents('none'));
  expect(listed(contents('names'))).toBe(contents('none'));
  expect(listed(contents('dates'))).toContain('2025');
  expect(listed(contents('never'))).toBe(contents('neverValue'));
  choose('withPhoto');
  choose('withNames');
  expect(listed(contents('photo'))).toBe(contents('photoValue'));
  expect(listed(contents('names'))).toBe('환자 <12> & café, Left shoulder');
});

test('saves a FHIR bundle without photo and names, under a name that is nobody’s', async () => {
  draw();
  const { name, bytes } = await save();
  expect(name).toBe('lentigo-2025-03-04.fhir.json');
  const written = new TextDecoder().decode(bytes);
  const bundle = JSON.parse(written);
  expect([bundle.resourceType, bundle.type]).toEqual(['Bundle', 'collection']);
  const kinds = bundle.entry.map(
    ({ resource }: { resource: { resourceType: string } }) => resource.resourceType,
  );
  expect(kinds).toContain('DiagnosticReport');
  expect(kinds).not.toContain('Media');
  expect(written).not.toContain('환자');
  expect(written).not.toContain('Kim Jane');
  // Whoever reads it elsewhere finds what the program is for.
  expect(written).toContain(`${text('page.intendedUse')}: `);
  expect(written).toContain('#/intended-use');
});

test('names the networks of a panel by the titles of their cards', async () => {
  const services = fakeServices({ packages: async () => success([exampleCard]) });
  await services.runtime.refreshPackages();
  const panel = [examplePanelMember(exampleCard.id, 0.48, true), examplePanelMember('gone', 0.12, false)];
  draw({ analysis: exampleAnalysis({ panel }) }, services);
  const { bytes } = await save();
  expect(new TextDecoder().decode(bytes)).toContain(`would flag the photo: ${exampleCard.title.en}.`);
});

test('saves what was asked for: photo and names, in the file and in its name', async () => {
  draw();
  choose('withPhoto');
  choose('withNames');
  const { name, bytes } = await save();
  expect(name).toBe('lentigo-2025-03-04-환자-12-café-Left-shoulder.fhir.json');
  const written = new TextDecoder().decode(bytes);
  expect(written).toContain('"resourceType": "Media"');
  expect(written).toContain('환자 <12> & café');
  expect(written).not.toContain('Kim Jane');
});

test('saves DICOM files in one archive', async () => {
  draw();
  choose('dicom');
  expect(listed(contents('outline'))).toBe(contents('outlineValue'));
  expect(listed(contents('photo'))).toBe(contents('photoElsewhere'));
  const { name, bytes } = await save();
  expect(name).toBe('lentigo-2025-03-04.dicom.zip');
  const { unzipSync } = await import('fflate');
  const files = unzipSync(bytes);
  expect(Object.keys(files)).toEqual(['segmentation.dcm', 'report.dcm']);
  for (const file of Object.values(files))
    expect(new TextDecoder().decode(file.subarray(128, 132))).toBe('DICM');
});

test('offers no DICOM for a slide', () => {
  draw({ card: { ...exampleSource().card, domain: 'histopathology' } });
  expect(screen.getByLabelText(text('healthRecord.dicom'))).toHaveProperty('disabled', true);
});
