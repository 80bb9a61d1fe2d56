import { NumberInput, Table, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { minImages } from '../../../core/metrics/subgroups';
import {
  type CountedRate,
  measuringAtThreshold,
  type ThresholdRow,
} from '../../../core/metrics/threshold-groups';
import { imagesForWidth } from '../../../core/metrics/wilson';
import { useLanguage } from '../../../ui/context';
import { formatNumber, formatShare } from '../../../ui/format';
import { useSubgroupWords } from '../../../ui/subgroup-words';
import styles from './evaluate.module.css';
import { FigureValue } from './FigureValue';
import { formatFigure } from './figure-format';
import { Scrolled } from './Scrolled';
import { Looking, useSteps } from './use-steps';

interface Props {
  scores: readonly number[];
  positive: readonly boolean[];
  groups: readonly string[];
  /** By what images are told apart, one value an image. */
  fields: Readonly<Record<string, readonly string[]>>;
  threshold: number;
}

/** What the chosen threshold costs, for all images and by age, sex, site and skin tone. */
export function ThresholdTable({ threshold: chosen, scores, positive, groups, fields }: Props) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const { fieldName, valueName } = useSubgroupWords();
  // A table of many images follows the slider when it can.
  const { value: measured } = useSteps(
    function* () {
      const rows: ThresholdRow[] = yield* measuringAtThreshold({ scores, positive, groups }, chosen, fields);
      return { rows, threshold: chosen };
    },
    [scores, positive, groups, fields, chosen],
  );
  if (!measured) return <Looking />;
  const { rows, threshold } = measured;
  const [all] = rows;
  return (
    <>
      <h3 className={styles.subheading}>
        {t('evaluate.atThreshold.heading', { threshold: formatFigure('threshold', threshold, language) })}
      </h3>
      <Scrolled>
        <Table miw={560} verticalSpacing="xs">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('evaluate.part')}</Table.Th>
              {(['sensitivity', 'specificity'] as const).map((name) => (
                <Table.Th key={name}>{t(`evaluate.figure.${name}`)}</Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map(({ field, value, ...sides }) => (
              <Table.Tr key={`${field} ${value}`} data-part={`${field} ${value}`}>
                <Table.Th scope="row">
                  {field === 'all'
                    ? t('evaluate.atThreshold.all')
                    : `${fieldName(field)}: ${valueName(field, value)}`}
                </Table.Th>
                {(['sensitivity', 'specificity'] as const).map((name) => (
                  <Table.Td key={name}>
                    <Rate name={name} side={sides[name]} />
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Scrolled>
      <Text size="sm" c="dimmed" mt="xs">
        {t('evaluate.atThreshold.note', { min: formatNumber(minImages, language) })}
      </Text>
      {all && <SampleSize sensitivity={all.sensitivity} specificity={all.specificity} />}
    </>
  );
}

function Rate({ name, side: { count, right, rate } }: { name: string; side: CountedRate }) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const counts = t('evaluate.atThreshold.counts', {
    right: formatNumber(right, language),
    count: formatNumber(count, language),
  });
  if (!rate) return <span>{t('evaluate.atThreshold.tooFew', { counts })}</span>;
  return (
    <>
      <FigureValue name={name} estimate={rate} />
      <span className={styles.interval}>{counts}</span>
    </>
  );
}

/** How many images an interval of a wanted width needs, if the shares stay what they are here. */
function SampleSize({ sensitivity, specificity }: Record<'sensitivity' | 'specificity', CountedRate>) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const [points, setPoints] = useState(10);
  const rows = [
    ['sensitivity', sensitivity],
    ['specificity', specificity],
  ] as const;
  const number = (value: number) => formatNumber(value, language);
  return (
    <>
      <h3 className={styles.subheading}>{t('evaluate.sampleSize.heading')}</h3>
      <div className={styles.controls} data-no-report>
        <NumberInput
          maw="24rem"
          label={t('evaluate.sampleSize.width')}
          description={t('evaluate.sampleSize.widthHelp')}
          min={1}
          max={50}
          decimalScale={1}
          value={points}
          onChange={(value) => {
            if (typeof value === 'number' && value >= 1 && value <= 50) setPoints(value);
          }}
        />
      </div>
      {rows.map(([name, { count, right }]) =>
        count === 0 ? null : (
          <Text key={name} size="sm" data-sample-size={name}>
            {t(`evaluate.sampleSize.${name}`, {
              width: number(points),
              share: formatShare(right / count, language),
              needed: number(imagesForWidth(right / count, points / 100)),
              here: number(count),
            })}
          </Text>
        ),
      )}
      <Text size="sm" c="dimmed">
        {t('evaluate.sampleSize.note')}
      </Text>
    </>
  );
}
