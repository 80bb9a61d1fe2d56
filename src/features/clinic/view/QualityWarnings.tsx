import { useTranslation } from 'react-i18next';
import type { Analysis } from '../../../core/analysis';
import { Section } from './Section';
import { WarningList } from './WarningList';

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
      <WarningList warnings={warnings} />
    </Section>
  );
}
