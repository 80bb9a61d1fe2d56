// @vitest-environment happy-dom
import { expect, test } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { exampleSiteCalibration } from '../../../../core/fixtures/analysis';
import { renderPart, text } from '../../../../ui/testing/render';
import type { Kiosk } from '../../model/kiosk';
import type { RoundPhoto } from '../../model/round';
import { defaultSettings } from '../../model/settings';
import { KioskContext } from '../context';
import { RoundScore } from './RoundScore';

const site = exampleSiteCalibration('tiny-classifier', 'a'.repeat(64));
const photo: RoundPhoto = {
  ...{ id: 'a', diagnosis: 'mel', drawn: false, truth: 'suspicious', guess: 'suspicious' },
  ...{ machine: 'suspicious', flaggedAllTheSame: false, site: null },
};

function score(photos: readonly RoundPhoto[]): string {
  const samples = { samples: [], further: [], packageId: null };
  const kiosk = {
    gallery: { store: createStore(() => samples) },
    settings: createStore(() => ({ settings: defaultSettings })),
    session: { store: createStore(() => ({ packageId: null })) },
  } as unknown as Kiosk;
  const { container } = renderPart(
    <KioskContext value={kiosk}>
      <RoundScore result={{ photos, you: 2, machine: 2 }} />
    </KioskContext>,
  );
  return container.textContent ?? '';
}

test('the score names the calibration of this site that the machine judged by', () => {
  const mark = text('siteMark', { name: site.name });
  expect(score([photo, { ...photo, id: 'b', site }])).toContain(mark);
  expect(score([photo, photo])).not.toContain(mark);
});
