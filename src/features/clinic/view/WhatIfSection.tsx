import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Analysis } from '../../../core/analysis';
import type { Card } from '../../../core/card/card';
import { coarseAnswers, type NamedAnswer } from '../../../core/decision/verdict';
import type { WhatIfRow } from '../../../core/decision/what-if';
import { useLanguage } from '../../../ui/context';
import { formatSigned } from '../../../ui/format';
import styles from './findings.module.css';
import { Section } from './Section';

/** Rows shown before "all". */
const few = 6;

/** The answer that moves most. */
const farthestOf = (changes: NamedAnswer[]) =>
  changes.reduce((best, change) =>
    Math.abs(change.probability) > Math.abs(best.probability) ? change : best,
  );

/** What the answer would be had one thing been different: what moves it most stands first. */
export function WhatIfSection({ analysis: { whatIf }, card }: { analysis: Analysis; card: Card }) {
  const { t } = useTranslation();
  const { language, read } = useLanguage();
  const [all, setAll] = useState(false);
  if (!whatIf || whatIf.length === 0) return null;
  const rows = whatIf
    .map((row) => ({ ...row, farthest: farthestOf(coarseAnswers(card, row.changes)) }))
    .sort((a, b) => Math.abs(b.farthest.probability) - Math.abs(a.farthest.probability));
  const nameOf = ({ field, value }: WhatIfRow): string => {
    if (field === 'mask') return t('viewer.whatIf.noMask');
    const found = card.metadata?.fields.find(({ id }) => id === field);
    const choice = found?.kind === 'choice' ? found.choices.find(({ id }) => id === value) : undefined;
    const words =
      value === 'unknown' ? t('viewer.whatIf.unknown') : choice ? read(choice.name) : value.replace('-', '–');
    return `${found ? read(found.name) : field}: ${words}`;
  };
  return (
    <Section order={4} heading={t('viewer.whatIf.heading')} meaning={t('viewer.whatIf.meaning')}>
      <table className={styles.figures} aria-label={t('viewer.whatIf.heading')}>
        <thead>
          <tr>
            <th scope="col">{t('viewer.whatIf.had')}</th>
            <th scope="col">{t('viewer.whatIf.points')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, all ? undefined : few).map((row) => (
            <tr key={`${row.field} ${row.value}`}>
              <th scope="row">{nameOf(row)}</th>
              <td>{`${read(row.farthest.name)} ${formatSigned(100 * row.farthest.probability, language, 0)}`}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > few && (
        <Button size="compact-sm" variant="subtle" aria-expanded={all} onClick={() => setAll(!all)}>
          {t(all ? 'viewer.whatIf.fewer' : 'viewer.whatIf.all', { count: rows.length })}
        </Button>
      )}
    </Section>
  );
}
