import { Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Analysis } from '../../../core/analysis';
import styles from './findings.module.css';
import { Section } from './Section';

/** What the input gate noticed. The network's own doubt stands elsewhere (OodNotice). */
export function QualityWarnings({ analysis: { gate } }: { analysis: Analysis }) {
  const { t } = useTranslation();
  const warnings = (gate?.checks ?? []).flatMap(({ check, severity }) => {
    if (check === 'distribution' || severity === 'none') return [];
    return [
      severity === 'refuse' ? t(`failure.photo-${check}.sentence`) : t(`viewer.qualityWarnings.${check}`),
    ];
  });
  if (warnings.length === 0) return null;
  return (
    <Section heading={t('viewer.qualityWarnings.heading')} meaning={t('viewer.qualityWarnings.meaning')}>
      <ul className={styles.warnings}>
        {warnings.map((warning) => (
          <li key={warning}>
            <IconAlertTriangle size={16} aria-hidden />
            <Text size="sm">{warning}</Text>
          </li>
        ))}
      </ul>
    </Section>
  );
}
