import { expect, test } from 'vitest';
import { formatFigure, formatP, formatPrevalence } from './figure-format';

test('a figure has as many digits as the one beside it', () => {
  expect([0.9, 0.9044].map((value) => formatFigure('recall', value, 'ko'))).toEqual(['90.0%', '90.4%']);
  expect([0.9, 0.0324].map((value) => formatFigure('ece', value, 'en'))).toEqual(['0.900', '0.032']);
});

test('p-values have four digits, or are said to be smaller', () => {
  expect([0.5, 0.0386, 1, 0.000_099].map((p) => formatP(p, 'en'))).toEqual([
    '0.5000',
    '0.0386',
    '1.0000',
    '<0.0001',
  ]);
});

test('a prevalence is written as it was given', () => {
  expect([12, 0.25].map((percent) => formatPrevalence(percent, 'ko'))).toEqual(['12.0%', '0.25%']);
});
