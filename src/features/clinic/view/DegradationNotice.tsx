import { Alert, Text } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Degradation } from '../../../core/analysis';

/** What went otherwise than asked without ending the analysis; nothing where all went well. */
export function DegradationNotice({ degradations }: { degradations: readonly Degradation[] }) {
  const { t } = useTranslation();
  if (degradations.length === 0) return null;
  return (
    <Alert color="gray" role="status" icon={<IconInfoCircle aria-hidden />}>
      {degradations.map(({ stage, failure }, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they never change places.
        <Text key={place} size="sm">
          {t(`answer.degradation.${stage}`, { reason: t(`failure.${failure.code}.sentence`) })}
        </Text>
      ))}
    </Alert>
  );
}
