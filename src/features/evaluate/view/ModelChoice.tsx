import { Checkbox, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Card } from '../../../core/card/card';
import { useLanguage } from '../../../ui/context';
import { withModel } from '../model/model-choice';
import { useEvaluateServices, useEvaluation } from './context';
import styles from './evaluate.module.css';

/**
 * The packages that tell classes apart or find outlines, to be ticked: for one kind of photo, and of the latter one at
 * a time.
 */
export function ModelChoice({ cards }: { cards: readonly Card[] }) {
  const { t } = useTranslation();
  const { read } = useLanguage();
  const { evaluation } = useEvaluateServices();
  const chosen = useEvaluation((state) => state.draft.packageIds);
  const judged = cards.filter(({ classes, task }) => classes.length > 0 || task === 'segmentation');
  if (judged.length === 0) return <Text>{t('model.listEmpty')}</Text>;
  const toggle = (id: string, on: boolean) =>
    evaluation.draft({ packageIds: withModel(chosen, judged, { id, on }) });
  return (
    <>
      <Text size="sm" c="dimmed" mb="sm">
        {t('evaluate.modelsHelp')}
      </Text>
      <div className={styles.models}>
        {judged.map(({ id, title, domain, classes }) => (
          <Checkbox.Card
            key={id}
            p="md"
            className={styles.model}
            checked={chosen.includes(id)}
            onChange={(on) => toggle(id, on)}
            aria-label={read(title)}
          >
            <div style={{ display: 'flex', gap: '0.75rem' }}>
              <Checkbox.Indicator aria-hidden />
              <div>
                <Text fw={600}>{read(title)}</Text>
                <Text size="sm" c="dimmed">
                  {t(`domain.${domain}`)} ·{' '}
                  {classes.length > 0
                    ? classes.map((cardClass) => cardClass.id).join(', ')
                    : t('evaluate.outlinesHeading')}
                </Text>
              </div>
            </div>
          </Checkbox.Card>
        ))}
      </div>
    </>
  );
}
