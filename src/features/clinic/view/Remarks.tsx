import { Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Analysis } from '../../../core/analysis';
import styles from './findings.module.css';
import { Section } from './Section';

/** What the input gate noticed. The network's own doubt stands elsewhere (Familiarity). */
export function Remarks({ analysis: { gate } }: { analysis: Analysis }) {
  const { t } = useTranslation();
  const remarks = (gate?.checks ?? []).flatMap(({ check, severity }) => {
    if (check === 'distribution' || severity === 'none') return [];
    return [severity === 'refuse' ? t(`failure.photo-${check}.sentence`) : t(`viewer.remarks.${check}`)];
  });
  if (remarks.length === 0) return null;
  return (
    <Section heading={t('viewer.remarks.heading')} meaning={t('viewer.remarks.meaning')}>
      <ul className={styles.remarks}>
        {remarks.map((remark) => (
          <li key={remark}>
            <IconAlertTriangle size={16} aria-hidden />
            <Text size="sm">{remark}</Text>
          </li>
        ))}
      </ul>
    </Section>
  );
}
