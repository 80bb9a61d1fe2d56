import { Button, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { hasFailed } from '../../../core/evaluation/answer';
import type { EvaluationRun } from '../model/run';
import { useEvaluateServices, useEvaluation } from './context';
import styles from './evaluate.module.css';

/** Beyond these, a list helps nobody; the export has all. */
const maxImages = 100;

/** The images that some model could not answer, and why. */
export function Failures({ run }: { run: EvaluationRun }) {
  const { t } = useTranslation();
  const { evaluation } = useEvaluateServices();
  const answers = useEvaluation((state) => state.answers);
  const failed = useEvaluation((state) => state.failed);
  const activity = useEvaluation((state) => state.activity);
  if (failed === 0) return null;
  const rows = run.images.flatMap(({ path }) => {
    const answer = answers.get(path);
    return answer && hasFailed(answer) ? [answer] : [];
  });
  return (
    <details>
      <summary>{t('evaluate.failures', { count: failed })}</summary>
      <ul className={styles.list}>
        {rows.slice(0, maxImages).map(({ path, answers: failures, maskFailure }) => (
          <li key={path} className={styles.row}>
            <span>{path}</span>
            <span>
              {Object.entries(failures)
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
      {rows.length > maxImages && (
        <Text size="sm">{t('evaluate.more', { count: rows.length - maxImages })}</Text>
      )}
      {activity === 'idle' && (
        <Button mt="sm" size="sm" variant="default" onClick={() => void evaluation.retryFailed()}>
          {t('evaluate.retryFailed')}
        </Button>
      )}
    </details>
  );
}
