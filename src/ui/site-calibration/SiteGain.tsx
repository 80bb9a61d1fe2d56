import { Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Card } from '../../core/card/card';
import type { SiteCalibration } from '../../core/decision/site-calibration';
import type { Estimate } from '../../core/metrics/bootstrap';
import { useLanguage } from '../context';
import { formatFixed, formatShare, formatSigned } from '../format';
import { CoverageWarning } from './CoverageWarning';

const names = ['sensitivity', 'specificity', 'coverage', 'setSize', 'logLoss', 'ece'] as const;
type Name = (typeof names)[number];
const shares: readonly string[] = ['sensitivity', 'specificity', 'coverage'];

/**
 * What a calibration of this site gained on the half of the photos that it was not fitted on, beside the
 * package's own.
 */
export function SiteGain({ site, card }: { site: SiteCalibration; card: Card }) {
  const { t } = useTranslation();
  const { language, read } = useLanguage();
  const { figures, count, groups } = site.measured;
  const rows = [
    ...names.map((name) => ({ key: name as string, name, label: t(`siteCalibration.figure.${name}`) })),
    ...card.classes.map(({ id, name }) => ({
      key: `${id}:coverage`,
      name: 'coverage' as Name,
      label: t('siteCalibration.figure.classCoverage', { name: read(name) }),
    })),
  ].filter(({ key }) => figures[key]?.own || figures[key]?.site);
  const absolute = (name: Name) => (value: number) =>
    shares.includes(name) ? formatShare(value, language) : formatFixed(value, language, 3);
  // The difference of two shares is in percentage points: from 80 % to 84 % is no rise by 4 %.
  const difference = (name: Name) => (value: number) =>
    shares.includes(name)
      ? t('facts.pointsValue', { value: formatSigned(100 * value, language, 1) })
      : formatSigned(value, language, 3);
  const cell = (estimate: Estimate | null | undefined, write: (value: number) => string) =>
    estimate ? (
      <>
        {write(estimate.value)}
        <Text size="xs" c="dimmed">
          {t('siteCalibration.interval', { low: write(estimate.low), high: write(estimate.high) })}
        </Text>
      </>
    ) : (
      '–'
    );
  return (
    <>
      <Text size="sm">
        {t('siteCalibration.basis', {
          fitted: site.fitted.count,
          fittedGroups: site.fitted.groups,
          measured: count,
          measuredGroups: groups,
        })}
      </Text>
      <CoverageWarning
        conformal={site.conformal}
        classes={card.classes.map(({ name, ...each }) => ({ ...each, name: read(name) }))}
      />
      <Table.ScrollContainer minWidth={480} scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}>
        <Table aria-label={t('siteCalibration.gain')}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('siteCalibration.measure')}</Table.Th>
              {(['own', 'site', 'difference'] as const).map((column) => (
                <Table.Th key={column} ta="right">
                  {t(`siteCalibration.${column}`)}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map(({ key, name, label }) => (
              <Table.Tr key={key}>
                <Table.Th fw={400}>{label}</Table.Th>
                <Table.Td ta="right">{cell(figures[key]?.own, absolute(name))}</Table.Td>
                <Table.Td ta="right">{cell(figures[key]?.site, absolute(name))}</Table.Td>
                <Table.Td ta="right">{cell(figures[key]?.difference, difference(name))}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </>
  );
}
