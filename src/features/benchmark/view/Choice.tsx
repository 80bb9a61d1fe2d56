import { Alert, Button, Stack, Text } from '@mantine/core';
import { IconBolt } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { formatDate } from '../../../core/date-locale';
import { useLanguage, useRuntime, useServices } from '../../../ui/context';
import { formatNumber } from '../../../ui/format';
import { useBenchmark } from './context';

/** Which back end was chosen for this machine, why, and the way back. */
export function Choice() {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const { runtime } = useServices();
  const choice = useRuntime((state) => state.choice);
  const comparison = useBenchmark((state) => state.comparison);
  if (!choice) {
    if (!comparison) return null;
    return (
      <Text role="status">
        {comparison.clear
          ? t('bench.overruled', { faster: t(`backend.${comparison.faster}`) })
          : t('bench.unclear')}
      </Text>
    );
  }
  const faster = t(`backend.${choice.name}`);
  const date = formatDate(choice.at, language, { dateStyle: 'long' });
  const times = formatNumber(choice.times, language, choice.times < 10 ? 1 : 0);
  return (
    <Alert
      role="status"
      variant="light"
      icon={<IconBolt aria-hidden />}
      title={t('bench.chosen', { faster, times })}
    >
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{t('bench.chosenBecause', { count: choice.packages, faster })}</Text>
        <Text size="sm">
          {t(choice.software ? 'bench.software' : 'bench.hardware', { adapter: choice.adapter })}{' '}
          {t('bench.chosenAt', { date })}
        </Text>
        <Button size="xs" variant="default" onClick={() => void runtime.pin(null)}>
          {t('bench.undo')}
        </Button>
      </Stack>
    </Alert>
  );
}
