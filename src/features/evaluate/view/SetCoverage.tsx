import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Conformal } from '../../../core/card/card';
import { pooledClasses } from '../../../core/decision/class-list';
import type { ClassifierMeasured } from '../../../core/metrics/classifier';
import { useLanguage } from '../../../ui/context';
import { formatWantedShare } from '../../../ui/format';
import styles from './evaluate.module.css';
import { FigureValue } from './FigureValue';

interface Props {
  sets: NonNullable<ClassifierMeasured['sets']>;
  conformal: Conformal;
  classes: readonly { id: string; name: string }[];
}

/**
 * How often the list of what cannot be ruled out held the true class: over all images, and of each class by
 * itself.
 */
export function SetCoverage({ sets, conformal, classes }: Props) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const pooled = pooledClasses(conformal).map((id) => classes.find((each) => each.id === id)?.name ?? id);
  const figures = [
    { key: 'all', name: 'coverage', label: t('evaluate.sets.overall'), estimate: sets.coverage },
    { key: 'size', name: 'setSize', label: t('evaluate.sets.size'), estimate: sets.size },
    ...classes.map(({ id, name }) => ({
      key: id,
      name: 'coverage',
      label: name,
      estimate: sets.perClass[id] ?? null,
    })),
  ];
  return (
    <section className={styles.section} aria-label={t('verdict.list.heading')}>
      <h2>{t('verdict.list.heading')}</h2>
      <Text size="sm" mb="sm">
        {t(`verdict.list.promise.${conformal.method}`, {
          coverage: formatWantedShare(conformal.coverage, language),
        })}{' '}
        {pooled.length > 0 && t('verdict.list.pooled', { classes: pooled.join(', ') })}{' '}
        {t('evaluate.sets.meaning')}
      </Text>
      <dl className={styles.figures}>
        {figures.map(({ key, name, label, estimate }) => (
          <div key={key} className={styles.figure}>
            <dt>{label}</dt>
            <dd>
              <FigureValue name={name} estimate={estimate} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
