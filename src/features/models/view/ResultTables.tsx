import { Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Card } from '../../../core/card/card';
import { classNameOf } from '../../../core/card/class-name';
import { useLanguage } from '../../../ui/context';
import { formatFixed, formatNumber, formatShare } from '../../../ui/format';
import { useSubgroupWords } from '../../../ui/subgroup-words';
import { FigureCell } from './FigureCell';
import { inOrder, useMeasures } from './measures';
import styles from './models.module.css';
import { byKeyboard } from './scrolling';

/** Precision, recall, F1 and AUC of each class, behind a heading that opens. */
export function PerClass({ card }: { card: Card }) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const rows = card.results.perClass;
  if (rows.length === 0) return null;
  const share = (value: number | null | undefined) => (value == null ? '–' : formatShare(value, language));
  return (
    <details className={styles.details}>
      <summary>{t('models.results.perClass')}</summary>
      <Table.ScrollContainer minWidth={420} scrollAreaProps={byKeyboard}>
        <Table aria-label={t('models.results.perClass')}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('models.results.class')}</Table.Th>
              <Table.Th ta="right">{t('models.results.support')}</Table.Th>
              <Table.Th ta="right">{t('models.results.precision')}</Table.Th>
              <Table.Th ta="right">{t('models.results.recall')}</Table.Th>
              <Table.Th ta="right">{t('models.results.f1')}</Table.Th>
              <Table.Th ta="right">{t('metric.auc')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((row) => (
              <Table.Tr key={row.class}>
                <Table.Th fw={400}>{classNameOf(card, row.class, language)}</Table.Th>
                <Table.Td ta="right">{formatNumber(row.support, language)}</Table.Td>
                <Table.Td ta="right">{share(row.precision)}</Table.Td>
                <Table.Td ta="right">{share(row.recall)}</Table.Td>
                <Table.Td ta="right">{share(row.f1)}</Table.Td>
                <Table.Td ta="right">{row.auc == null ? '–' : formatFixed(row.auc, language, 3)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </details>
  );
}

/** The same measures within age, sex, site and source; groups too small to score are listed and say so. */
export function Subgroups({ card }: { card: Card }) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const { name, write } = useMeasures();
  const { fieldName, valueName } = useSubgroupWords();
  const { subgroups } = card.results;
  if (subgroups.length === 0) return null;
  const names = inOrder([...new Set(subgroups.flatMap(({ metrics }) => Object.keys(metrics)))]);
  return (
    <details className={styles.details}>
      <summary>{t('models.results.subgroups')}</summary>
      <Table.ScrollContainer minWidth={480} scrollAreaProps={byKeyboard}>
        <Table aria-label={t('models.results.subgroups')}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('models.results.subgroup')}</Table.Th>
              <Table.Th ta="right">{t('models.results.photos')}</Table.Th>
              {names.map((metric) => (
                <Table.Th key={metric} ta="right">
                  {name(metric)}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {subgroups.map(({ field, value, count, metrics }) => (
              <Table.Tr key={`${field} ${value}`}>
                <Table.Th fw={400}>
                  {fieldName(field)}: {valueName(field, value)}
                </Table.Th>
                <Table.Td ta="right">{formatNumber(count, language)}</Table.Td>
                {Object.keys(metrics).length === 0 ? (
                  <Table.Td colSpan={names.length} ta="right" c="dimmed">
                    {t('models.results.tooFew')}
                  </Table.Td>
                ) : (
                  names.map((metric) => {
                    const estimate = metrics[metric];
                    return (
                      <FigureCell
                        key={metric}
                        figure={estimate ? write(metric, estimate.value) : null}
                        below={estimate && `${write(metric, estimate.low)} – ${write(metric, estimate.high)}`}
                      />
                    );
                  })
                )}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </details>
  );
}
