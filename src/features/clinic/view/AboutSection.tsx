import { Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Analysis } from '../../../core/analysis';
import type { Card } from '../../../core/card/card';
import { useLanguage } from '../../../ui/context';
import { formatDuration } from '../../../ui/format';
import styles from './answer.module.css';
import { FoldingSection } from './FoldingSection';
import { InDistributionNote } from './OodNotice';
import { ProvenanceSection } from './ProvenanceSection';

/** What the answer must not be used for, what its classes mean, and how it came about. */
export function AboutSection({ analysis, card }: { analysis: Analysis; card: Card }) {
  const { t } = useTranslation();
  const { language, read } = useLanguage();
  const { provenance, timings } = analysis;
  const essence = `${provenance.packageId} · ${formatDuration(timings.total, language)}`;
  return (
    <FoldingSection id="about" heading={t('pane.about')} essence={essence}>
      <InDistributionNote analysis={analysis} card={card} />
      <section>
        <Title order={4} size="sm" className={styles.heading}>
          {t('answer.limits')}
        </Title>
        <ul className={styles.limits}>
          {card.limits.map((limit) => (
            <li key={limit.en}>{read(limit)}</li>
          ))}
        </ul>
        <Text size="sm" fw={500}>
          {t('app.disclaimer')}
        </Text>
      </section>
      <details className={styles.classes}>
        <summary>{t('answer.classes')}</summary>
        <dl>
          {card.classes.map(({ id, name, description, kind }) => (
            <div key={id}>
              <dt>
                {read(name)} <span>({t(`verdict.kind.${kind}`)})</span>
              </dt>
              <dd>
                {read(description)} {kind === 'premalignant' && t('verdict.kindMeaning.premalignant')}
              </dd>
            </div>
          ))}
        </dl>
      </details>
      <ProvenanceSection analysis={analysis} />
    </FoldingSection>
  );
}
