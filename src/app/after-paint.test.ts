// @vitest-environment happy-dom
// In a process of its own: it changes the prototypes of the document for good.
import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import { openWorkbench } from '../features/clinic/model/testing/open-workbench';
import { everyKind } from '../records/fixtures/records';
import { start } from '../records/fixtures/stored-cases';
import { afterPaint } from './after-paint';

test('from the first paint on, the photos of the clinic are called what the cases call them', async () => {
  const cases = start();
  await cases.put(everyKind());
  await cases.load();
  const { workbench, photoOf, add } = openWorkbench();
  const installation = { propose: () => {} };
  afterPaint({ workbench, cases, isIdle: () => true, installation, own: null });
  const [id] = await add('a.jpg');
  const saved = { lesionId: 'l2', photoId: 'h2', patient: 'Alias p1', lesion: 'Label l2', side: null };
  workbench.setSaved([id], saved);
  await cases.edit('patients', 'p1', () => ({ alias: 'K-17' }));
  expect(photoOf(id)?.saved).toMatchObject({ patient: 'K-17', lesion: 'Label l2', side: 'left' });
  await cases.remove('photos', ['h2']);
  expect(photoOf(id)?.saved).toMatchObject({ patient: null, lesion: null });
  await cases.forgetEverything();
});
