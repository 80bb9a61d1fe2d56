import { Alert, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Card } from '../../core/card/card';
import { classNameOf } from '../../core/card/class-name';
import { coverageShortfalls } from '../../core/decision/coverage-shortfall';
import type { SiteCalibration } from '../../core/decision/site-calibration';
import { useLanguage } from '../context';
import { formatWantedShare } from '../format';

/** Names the malignant classes that a calibration's lists miss more often than they promise; else nothing. */
export function CoverageWarning({ site, card }: { site: SiteCalibration; card: Card }) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const shortfalls = coverageShortfalls(site, card.classes);
  if (shortfalls.length === 0) return null;
  return (
    <Alert
      role="status"
      variant="default"
      icon={<IconAlertTriangle aria-hidden />}
      title={t('siteCalibration.shortfall.heading')}
    >
      <Stack gap="xs">
        {shortfalls.map(({ classId, held, photos }) => (
          <Text key={classId} size="sm">
            {t('siteCalibration.shortfall.sentence', {
              name: classNameOf(card, classId, language),
              held,
              photos,
              coverage: formatWantedShare(site.conformal.coverage, language),
            })}
          </Text>
        ))}
        <Text size="sm">{t('siteCalibration.shortfall.remedy')}</Text>
      </Stack>
    </Alert>
  );
}
