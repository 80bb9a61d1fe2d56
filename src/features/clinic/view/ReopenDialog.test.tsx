// @vitest-environment happy-dom
import { createHash } from 'node:crypto';
import { fireEvent, screen, waitFor } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { success } from '../../../core/failure';
import { exampleAnalysis, exampleCard } from '../../../core/fixtures/analysis';
import { documentText } from '../../../core/report/json';
import { fakeServices, text } from '../../../ui/testing/render';
import { ReopenDialog } from './ReopenDialog';
import { ReopenedNote } from './ReopenedNote';
import { renderClinic } from './testing/render-clinic';

const picture = 'the photo of then';
const json = (data?: string) =>
  new File(
    [
      documentText({
        analysis: exampleAnalysis(),
        photo: {
          name: 'arm.jpg',
          type: 'image/jpeg',
          bytes: picture.length,
          sha256: createHash('sha256').update(picture).digest('hex'),
          ...(data && { data }),
        },
        disclaimer: { en: 'Not a medical device.', ko: '의료기기가 아닙니다.' },
        exportedAt: '2025-03-04T05:06:08.000Z',
      }),
    ],
    'arm.lentigo.json',
  );

function draw(photos: readonly File[], data?: string) {
  const onClose = vi.fn();
  const services = fakeServices({ packages: async () => success([exampleCard]) });
  const drawn = renderClinic(
    <ReopenDialog files={{ json: json(data), photos }} onClose={onClose} />,
    services,
  );
  return { ...drawn, onClose };
}

test('the work in a saved analysis goes on: photo and answer are in the queue as they were', async () => {
  const { workbench, onClose } = draw([], btoa(picture));
  fireEvent.click(await screen.findByRole('button', { name: text('handOver.goOn') }));
  expect(onClose).toHaveBeenCalled();
  const { photos, selectedId } = workbench.store.getState();
  expect(photos).toMatchObject([{ id: selectedId, name: 'arm.jpg' }]);
  expect(photos[0]?.runs['tiny-classifier']).toEqual({
    state: 'done',
    analysis: exampleAnalysis(),
    reopened: true,
  });
});

test('a photo that is not the one of then can be compared, and not worked on', async () => {
  draw([new File(['another photo'], 'leg.jpg')]);
  expect(await screen.findByText(text('handOver.otherFile'))).toBeDefined();
  expect(screen.getByRole('button', { name: text('handOver.proof') })).toBeDefined();
  expect(screen.queryByRole('button', { name: text('handOver.goOn') })).toBeNull();
});

test('without the photo it is asked for', async () => {
  draw([]);
  expect(await screen.findByRole('button', { name: text('handOver.reopen.choosePhoto') })).toBeDefined();
});

test('the note says the date and version of then, and that another version is here now', async () => {
  const run = { state: 'done', analysis: exampleAnalysis(), reopened: true } as const;
  const { rerender } = renderClinic(<ReopenedNote run={run} card={{ ...exampleCard, version: '1.1.0' }} />);
  const said = () => screen.getByRole('note').textContent ?? '';
  expect(said()).toContain('Mar\u00a04,\u00a02025');
  expect(said()).toContain('1.0.0');
  expect(said()).toContain(text('handOver.newVersion', { version: '1.1.0' }));
  // The same version by other files is said too, once their hash is known.
  rerender(<ReopenedNote run={run} card={{ ...exampleCard, version: '1.0.0' }} />);
  await waitFor(() => expect(said()).toContain(text('handOver.otherBuild')));
  rerender(<ReopenedNote run={{ state: 'done', analysis: exampleAnalysis() }} card={exampleCard} />);
  expect(screen.queryByRole('note')).toBeNull();
});
