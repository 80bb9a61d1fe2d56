// @vitest-environment happy-dom
import { screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { exampleCard } from '../../../../core/fixtures/analysis';
import { renderClinic } from '../testing/render-clinic';
import { FactsPanel } from './FactsPanel';

test('a fact says whether the file or its name gave it', () => {
  const { patientContext, redraw } = renderClinic(<FactsPanel photoId="a" card={exampleCard} shown={null} />);
  expect(screen.queryByText('read from the file name')).toBeNull();
  patientContext.readFromName('a', 'back');
  patientContext.readFromFile('a', { age: 61, sex: null, site: null });
  redraw(<FactsPanel photoId="a" card={exampleCard} shown={null} />);
  expect(screen.getAllByText('read from the file name')).toHaveLength(1);
  expect(screen.getAllByText('read from the file')).toHaveLength(1);
});
