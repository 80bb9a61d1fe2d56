import { SegmentedControl, Table, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { changesOf, type Moment } from '../../cases/changes';
import type { Case } from '../../cases/search';
import { useLanguage } from '../../ui/context';
import { formatNumber, formatProbability } from '../../ui/format';
import { ChangeChart } from './ChangeChart';
import styles from './case-book.module.css';
import { formatDay } from './day';

export interface Measure {
  id: 'probability' | 'diameter' | 'area' | 'diameterPixels';
  value: (moment: Moment) => number | null;
  write: (value: number, language: string) => string;
}

export const measures: readonly Measure[] = [
  {
    id: 'probability',
    value: ({ analysis }) => analysis.decision?.probability ?? null,
    write: formatProbability,
  },
  {
    id: 'diameter',
    value: ({ diameter }) => diameter,
    write: (value, language) => `${formatNumber(value, language, 1)} mm`,
  },
  {
    id: 'area',
    value: ({ area }) => area,
    write: (value, language) => `${formatNumber(value, language, 1)} mm²`,
  },
  {
    id: 'diameterPixels',
    value: ({ pixels, diameter }) => (diameter === null ? (pixels?.diameter ?? null) : null),
    write: (value, language) => `${formatNumber(value, language)} px`,
  },
];

/** How probability and size changed from photo to photo: a chart, and the same numbers as a table. */
export function ChangeSection({ one, packageId }: { one: Case; packageId: string }) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const [wanted, setWanted] = useState<Measure['id']>('probability');
  const moments = changesOf(one, packageId);
  const known = measures.filter(({ value }) => moments.some((moment) => value(moment) !== null));
  const measure = known.find(({ id }) => id === wanted) ?? known[0];
  if (moments.length === 0 || !measure) return null;
  const noSize = !known.some(({ id }) => id !== 'probability');
  return (
    <section aria-label={t('caseBook.change.heading')}>
      <div className={styles.sectionHead}>
        <Title order={3} size="sm">
          {t('caseBook.change.heading')}
        </Title>
        {known.length > 1 && (
          <SegmentedControl
            size="xs"
            aria-label={t('caseBook.change.what')}
            value={measure.id}
            onChange={(id) => setWanted(id as Measure['id'])}
            data={known.map(({ id }) => ({ value: id, label: t(`caseBook.change.${id}`) }))}
          />
        )}
      </div>
      {moments.length > 1 && <ChangeChart moments={moments} measure={measure} />}
      <Table.ScrollContainer minWidth={320}>
        <Table verticalSpacing={4} aria-label={t('caseBook.change.heading')}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('caseBook.takenOn')}</Table.Th>
              {known.map(({ id }) => (
                <Table.Th key={id} ta="right">
                  {t(`caseBook.change.${id}`)}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {moments.map((moment) => (
              <Table.Tr key={moment.photoId}>
                <Table.Th scope="row" fw={400}>
                  {formatDay(moment.takenAt, language)}
                </Table.Th>
                {known.map(({ id, value, write }) => {
                  const found = value(moment);
                  return (
                    <Table.Td key={id} ta="right">
                      {found === null ? '–' : write(found, language)}
                    </Table.Td>
                  );
                })}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <Text size="xs" c="dimmed" mt={4}>
        {t('caseBook.change.meaning')} {noSize && t('caseBook.change.noSize')}
      </Text>
    </section>
  );
}
