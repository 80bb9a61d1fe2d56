import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { EvaluationRun } from '../model/run';

/** That a run is a part, or was joined from parts; nothing for other runs. */
export function PartNote({ run: { part, joined } }: { run: EvaluationRun }) {
  const { t } = useTranslation();
  if (part)
    return (
      <Text size="sm">
        {t('evaluate.parts.ofPart', {
          index: part.shard.index,
          parts: part.shard.count,
          where: t('evaluate.earlier'),
        })}
      </Text>
    );
  if (!joined) return null;
  return (
    <Text size="sm">
      {t('evaluate.parts.joined', { parts: joined.parts })}{' '}
      {joined.backends.length > 1 &&
        t('evaluate.parts.backends', {
          backends: joined.backends.map((name) => t(`backend.${name}`)).join(', '),
        })}
    </Text>
  );
}
