import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { PairedTest } from '../../../core/evaluation/measured';
import type { Estimate } from '../../../core/metrics/bootstrap';
import { useLanguage } from '../../../ui/context';
import styles from './evaluate.module.css';
import { formatGap, formatP } from './figure-format';

/** Each two models on the images that both answered: which is better, and could it be chance? */
export function Comparisons({
  comparisons,
  titleOf,
}: {
  comparisons: readonly PairedTest[];
  titleOf: (packageId: string) => string;
}) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  return (
    <section className={styles.section} aria-label={t('evaluate.comparison')}>
      <h2>{t('evaluate.comparison')}</h2>
      {comparisons.map(({ first, second, count, mcnemar, differences }) => {
        const models = { first: titleOf(first), second: titleOf(second) };
        const rows = [
          ['accuracy', t('evaluate.figure.accuracy'), differences.accuracy],
          ['auc', t('evaluate.figure.auc'), differences.auc],
          ['decisionAuc', t('evaluate.aucPositive'), differences.decisionAuc],
        ] as const;
        return (
          <div key={`${first} ${second}`} style={{ marginBottom: '1.5rem' }}>
            <Text size="sm" c="dimmed" mb="xs">
              {t('evaluate.gapHelp', models)}
            </Text>
            <dl className={styles.figures}>
              {rows.map(
                ([name, figure, estimate]) =>
                  estimate && (
                    <div key={name} className={styles.figure}>
                      <dt>{figure}</dt>
                      <dd>
                        <Gap name={name} estimate={estimate} />
                      </dd>
                    </div>
                  ),
              )}
            </dl>
            <Text fw={600} mt="md">
              {t('evaluate.mcnemarHeading')}
            </Text>
            <Text>
              {t('evaluate.mcnemarText', {
                ...models,
                count,
                onlyFirst: mcnemar.onlyFirst,
                onlySecond: mcnemar.onlySecond,
                both: mcnemar.bothRight,
                neither: mcnemar.bothWrong,
                p: formatP(mcnemar.p, language),
              })}
            </Text>
            <Text size="sm" c="dimmed">
              {t('evaluate.mcnemarNote')}
            </Text>
          </div>
        );
      })}
    </section>
  );
}

/** A difference with its interval, and whether that tells the two apart. */
function Gap({ name, estimate: { value, low, high } }: { name: string; estimate: Estimate }) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const [gap, from, to] = [value, low, high].map((figure) => formatGap(name, figure, language));
  return (
    <>
      <span data-figure={name}>{name === 'accuracy' ? t('facts.pointsValue', { value: gap }) : gap}</span>
      <span className={styles.interval}>{t('evaluate.interval', { low: from, high: to })}</span>
      <span className={styles.interval}>
        {t(low > 0 || high < 0 ? 'evaluate.apart' : 'evaluate.notApart')}
      </span>
    </>
  );
}
