import { Table, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Card } from '../../../core/card/card';
import { classNameOf } from '../../../core/card/class-name';
import { pooledClasses } from '../../../core/decision/class-list';
import { coverageShortfalls } from '../../../core/decision/coverage-shortfall';
import { useLanguage } from '../../../ui/context';
import { formatFixed, formatNumber, formatShare, formatWantedShare } from '../../../ui/format';
import { FigureCell } from './FigureCell';
import { byKeyboard } from './scrolling';

/**
 * What the list of what cannot be ruled out promises, and how often it held each class where that was
 * measured.
 */
export function PredictionSets({ card }: { card: Card }) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const { calibration } = card;
  if (!calibration) return null;
  const { method, coverage, classes: fitted, test } = calibration.conformal;
  const share = (value: number) => formatShare(value, language);
  const nameOf = (id: string) => classNameOf(card, id, language);
  const pooled = pooledClasses(calibration.conformal);
  const shortfalls = method === 'class-conditional' ? coverageShortfalls(calibration.conformal) : [];
  return (
    <div>
      <Title order={4} size="h5">
        {t('models.sets.heading')}
      </Title>
      <Text size="sm">
        {t(`verdict.list.promise.${method}`, { coverage: formatWantedShare(coverage, language) })}{' '}
        {pooled.length > 0 && t('verdict.list.pooled', { classes: pooled.map(nameOf).join(', ') })}{' '}
        {test &&
          t('models.sets.test', {
            coverage: share(test.coverage.value),
            size: formatFixed(test.meanSize.value, language, 2),
            single: share(test.single.value),
            empty: share(test.empty.value),
          })}{' '}
        {test && calibration.fittedOn === 'test' && t('importModel.fittedOnTest.part')}{' '}
        {shortfalls.length > 0 &&
          t('models.sets.short', {
            classes: shortfalls
              .map(({ classId, held, photos }) =>
                t('models.sets.shortOf', { name: nameOf(classId), held, photos }),
              )
              .join('; '),
          })}
      </Text>
      {method === 'class-conditional' && (
        <Table.ScrollContainer minWidth={420} scrollAreaProps={byKeyboard}>
          <Table aria-label={t('models.sets.heading')}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('models.results.class')}</Table.Th>
                <Table.Th ta="right">{t('models.sets.from')}</Table.Th>
                <Table.Th ta="right">{t('models.sets.fittedOn')}</Table.Th>
                {test && <Table.Th ta="right">{t('models.sets.held')}</Table.Th>}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {fitted.map(({ class: id, quantile, count, pooledWith }) => {
                const held = test?.perClass.find((row) => row.class === id);
                return (
                  <Table.Tr key={id}>
                    <Table.Th fw={400}>{nameOf(id)}</Table.Th>
                    <Table.Td ta="right">{share(1 - quantile)}</Table.Td>
                    <FigureCell
                      figure={count === null ? null : formatNumber(count, language)}
                      below={
                        pooledWith.length > 0
                          ? t('models.sets.pooled', { classes: pooledWith.map(nameOf).join(', ') })
                          : null
                      }
                    />
                    {test && (
                      <FigureCell
                        figure={held ? share(held.coverage.value) : null}
                        below={
                          held &&
                          t('models.sets.interval', {
                            low: share(held.coverage.low),
                            high: share(held.coverage.high),
                            amount: formatNumber(held.count, language),
                          })
                        }
                      />
                    )}
                  </Table.Tr>
                );
              })}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </div>
  );
}
