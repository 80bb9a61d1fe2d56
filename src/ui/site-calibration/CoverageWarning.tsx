import { Alert, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Conformal, Kind } from '../../core/card/card';
import { urgentShortfalls } from '../../core/decision/coverage-shortfall';
import { useLanguage } from '../context';
import { formatWantedShare } from '../format';

interface Props {
  conformal: Conformal;
  /** Names in the language of the page. */
  classes: readonly { id: string; kind: Kind; name: string }[];
}

/** Names the malignant classes that fitted lists miss more often than they promise; else nothing. */
export function CoverageWarning({ conformal, classes }: Props) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const shortfalls = urgentShortfalls(conformal, classes);
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
              name: classes.find(({ id }) => id === classId)?.name ?? classId,
              held,
              photos,
              coverage: formatWantedShare(conformal.coverage, language),
            })}
          </Text>
        ))}
        <Text size="sm">{t('siteCalibration.shortfall.remedy')}</Text>
      </Stack>
    </Alert>
  );
}
