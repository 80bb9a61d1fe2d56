import { Button, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useEvaluateServices, useEvaluation } from './context';
import styles from './evaluate.module.css';

/** The images that some model could not answer, and why. */
export function Failures() {
  const { t } = useTranslation();
  const { evaluation } = useEvaluateServices();
  const failed = useEvaluation((state) => state.failed);
  const failures = useEvaluation((state) => state.failures);
  const activity = useEvaluation((state) => state.activity);
  if (failed === 0) return null;
  return (
    <details>
      <summary>{t('evaluate.failures', { count: failed })}</summary>
      <ul className={styles.list}>
        {failures.map(({ path, answers, maskFailure }) => (
          <li key={path} className={styles.row}>
            <span>{path}</span>
            <span>
              {Object.entries(answers)
                .flatMap(([id, modelAnswer]) =>
                  modelAnswer.ok ? [] : [`${id}: ${t(`failure.${modelAnswer.failure.code}.sentence`)}`],
                )
                .concat(
                  maskFailure
                    ? [`${t('evaluate.maskFailed')}: ${t(`failure.${maskFailure.code}.sentence`)}`]
                    : [],
                )
                .join(' ')}
            </span>
          </li>
        ))}
      </ul>
      {failed > failures.length && (
        <Text size="sm">{t('evaluate.more', { count: failed - failures.length })}</Text>
      )}
      {activity === 'idle' && (
        <Button mt="sm" size="sm" variant="default" onClick={() => void evaluation.retryFailed()}>
          {t('evaluate.retryFailed')}
        </Button>
      )}
    </details>
  );
}
