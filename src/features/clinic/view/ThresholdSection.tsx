import { Select, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Analysis } from '../../../core/analysis';
import type { Card } from '../../../core/card/card';
import { saidFlag } from '../../../core/decision/flag';
import { rulesOf } from '../../../core/decision/site-calibration';
import { thresholdFor } from '../../../core/decision/threshold';
import { useLanguage } from '../../../ui/context';
import { formatShare, formatWantedShare } from '../../../ui/format';
import { HelpTip } from '../../../ui/HelpTip';
import { type SaidVerdict, useVerdict } from '../../../ui/use-verdict';
import styles from './answer.module.css';
import { useClinicServices, useWorkbench } from './context';
import { FoldingSection } from './FoldingSection';

/** Shares of the lesions to be flagged that may be asked to be. */
const offered = [0.8, 0.85, 0.9, 0.95, 0.98];

interface Props {
  analysis: Analysis;
  card: Card;
}

/** What is added up against which threshold, what that was worth in the test, and how to ask for another. */
export function ThresholdSection({ analysis, card }: Props) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const said = useVerdict()(card, analysis);
  const { verdict, text } = said;
  const flag = saidFlag(verdict.flag, verdict.noResult === null);
  if (!flag) return null;
  const { measured } = flag;
  const share = (name: 'sensitivity' | 'specificity', digits = 1) =>
    formatShare(measured?.[name] ?? 0, language, digits);
  const essence =
    measured &&
    (['sensitivity', 'specificity'] as const).map((name) => `${t(`answer.${name}`)} ${share(name, 0)}`);
  return (
    <FoldingSection id="threshold" heading={t('pane.threshold')} essence={essence?.join(' · ')}>
      <Text size="sm">{text.sum}</Text>
      {measured && (
        <dl className={styles.pair}>
          {(['sensitivity', 'specificity'] as const).map((name) => (
            <div key={name}>
              <dt>
                {t(`answer.${name}`)}
                <HelpTip subject={t(`answer.${name}`)}>
                  {t(`answer.${name}Meaning`)} {text.target}
                </HelpTip>
              </dt>
              <dd>{share(name)}</dd>
            </div>
          ))}
        </dl>
      )}
      {measured && rulesOf(card, verdict.site).decision?.fittedOn === 'test' && (
        <Text size="sm">{t('pane.fittedOnTest')}</Text>
      )}
      <WantedSensitivity card={card} said={said} />
    </FoldingSection>
  );
}

/** Which sensitivity is asked of the threshold. */
function WantedSensitivity({ card, said: { verdict } }: { card: Card; said: SaidVerdict }) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const { workbench } = useClinicServices();
  const wanted = useWorkbench((state) => state.sensitivity);
  const rules = rulesOf(card, verdict.site);
  const own = rules.decision?.targetSensitivity ?? null;
  return (
    <Select
      size="xs"
      label={t('viewer.sensitivity.wanted')}
      description={wanted === null ? undefined : t('viewer.sensitivity.chosen')}
      allowDeselect={false}
      value={wanted === null ? 'own' : String(wanted)}
      onChange={(value) => workbench.setSensitivity(value === 'own' ? null : Number(value))}
      data={[
        {
          value: 'own',
          label:
            own === null
              ? t('viewer.sensitivity.ownUnknown')
              : t('viewer.sensitivity.own', { share: formatWantedShare(own, language) }),
        },
        ...offered
          .filter((share) => thresholdFor(rules, share))
          .map((share) => ({
            value: String(share),
            label: t('viewer.sensitivity.atLeast', { share: formatWantedShare(share, language) }),
          })),
      ]}
    />
  );
}
