import { Select, Table, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLanguage, useServices } from '../../../ui/context';
import { formatNumber, formatProbability } from '../../../ui/format';
import { SiteMark } from '../../../ui/site-calibration/SiteMark';
import type { Case } from '../model/search';
import { hasResult, shownDecision } from '../model/shown-decision';
import { timelineOf } from '../model/timeline';
import styles from './case-book.module.css';
import { formatDay } from './day';
import { type Measure, TimelineChart } from './TimelineChart';

/** What is measured whatever the model. */
const general = [
  {
    id: 'probability',
    probability: true,
    value: ({ analysis }) => shownDecision(analysis)?.probability ?? null,
    write: formatProbability,
  },
  {
    id: 'diameter',
    probability: false,
    value: ({ diameter }) => diameter,
    write: (value, language) => `${formatNumber(value, language, 1)} mm`,
  },
  {
    id: 'area',
    probability: false,
    value: ({ area }) => area,
    write: (value, language) => `${formatNumber(value, language, 1)} mm²`,
  },
  {
    id: 'diameterPixels',
    probability: false,
    value: ({ pixels, diameter }) => (diameter === null ? (pixels?.diameter ?? null) : null),
    write: (value, language) => `${formatNumber(value, language)} px`,
  },
] as const satisfies Omit<Measure, 'name'>[];

/** How probabilities and size changed from photo to photo: a chart of one, and the numbers as a table. */
export function TimelineSection({ lesionCase, packageId }: { lesionCase: Case; packageId: string }) {
  const { t } = useTranslation();
  const { language, read } = useLanguage();
  const { runtime } = useServices();
  const [wanted, setWanted] = useState('probability');
  const timeline = timelineOf(lesionCase, packageId);
  const known = general
    .map((measure): Measure => ({ ...measure, name: t(`caseBook.timeline.${measure.id}`) }))
    .filter(({ value }) => timeline.some((point) => value(point) !== null));
  const named = runtime.card(packageId)?.classes ?? [];
  const classes = (timeline.at(-1)?.analysis.probabilities ?? []).map(({ id }): Measure => {
    const found = named.find((cardClass) => cardClass.id === id);
    return {
      id: `class ${id}`,
      name: found ? read(found.name) : id,
      probability: true,
      value: ({ analysis }) =>
        hasResult(analysis)
          ? (analysis.probabilities.find((entry) => entry.id === id)?.calibrated ?? null)
          : null,
      write: formatProbability,
    };
  });
  const measure = [...known, ...classes].find(({ id }) => id === wanted) ?? known[0] ?? classes[0];
  if (timeline.length === 0 || !measure) return null;
  const columns = known.includes(measure) ? known : [...known, measure];
  const noSize = !known.some(({ probability }) => !probability);
  const items = (measures: readonly Measure[]) =>
    measures.map(({ id, name }) => ({ value: id, label: name }));
  return (
    <section aria-label={t('caseBook.timeline.heading')}>
      <div className={styles.sectionHead}>
        <Title order={3} size="sm">
          {t('caseBook.timeline.heading')}
        </Title>
        <Select
          size="xs"
          w="15rem"
          aria-label={t('caseBook.timeline.what')}
          allowDeselect={false}
          value={measure.id}
          onChange={(id) => id !== null && setWanted(id)}
          data={[
            ...(known.length > 0 ? [{ group: t('caseBook.timeline.measured'), items: items(known) }] : []),
            { group: t('caseBook.timeline.classes'), items: items(classes) },
          ]}
        />
      </div>
      {timeline.length > 1 && <TimelineChart timeline={timeline} measure={measure} />}
      <Table.ScrollContainer minWidth={320}>
        <Table verticalSpacing={4} aria-label={t('caseBook.timeline.heading')}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('caseBook.takenOn')}</Table.Th>
              {columns.map(({ id, name }) => (
                <Table.Th key={id} ta="right">
                  {name}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {timeline.map((point) => (
              <Table.Tr key={point.photoId}>
                <Table.Th scope="row" fw={400}>
                  {formatDay(point.takenAt, language)} <SiteMark site={point.analysis.siteCalibration} />
                </Table.Th>
                {columns.map(({ id, value, write }) => {
                  const found = value(point);
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
        {t('caseBook.timeline.meaning')}{' '}
        {timeline.some(({ analysis }) => !hasResult(analysis)) && t('caseBook.timeline.noResult')}{' '}
        {noSize && t('caseBook.timeline.noSize')}
      </Text>
    </section>
  );
}
