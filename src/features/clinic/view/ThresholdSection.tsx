import { Select, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Analysis } from '../../../core/analysis';
import type { Card } from '../../../core/card/card';
import { saidFlag } from '../../../core/decision/flag';
import { rulesOf } from '../../../core/decision/site-calibration';
import { offeredBy, offeredSensitivities, thresholdFor } from '../../../core/decision/threshold';
import type { Estimate } from '../../../core/metrics/bootstrap';
import { useLanguage } from '../../../ui/context';
import { formatShare, formatWantedShare } from '../../../ui/format';
import { HelpTip } from '../../../ui/HelpTip';
import { type SaidVerdict, useVerdict } from '../../../ui/use-verdict';
import styles from './answer.module.css';
import { useClinicServices, useWorkbench } from './context';
import { FoldingSection } from './FoldingSection';

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
  const interval = ({ value, low, high }: Estimate) => {
    const [whole, from, to] = [value, low, high].map((each) => formatShare(each, language));
    return t('metric.interval', { value: whole, low: from, high: to });
  };
  // Figures that flatter are not shown without that being said.
  const essence = measured?.samePhotos
    ? [text.target]
    : measured &&
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
              <dd>{measured.intervals ? interval(measured.intervals[name]) : share(name)}</dd>
            </div>
          ))}
        </dl>
      )}
      {text.fellShort && <Text size="sm">{text.fellShort}</Text>}
      {measured?.samePhotos && (
        <Text size="sm">
          {rulesOf(card, verdict.site).decision?.fittedOn === 'test' ? t('pane.fittedOnTest') : text.flatters}
        </Text>
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
  const offered = wanted !== null && rules.decision && offeredBy(rules.decision, wanted);
  const chosen = offered && rules.decision?.fittedOn !== 'test' ? 'chosen' : 'chosenOnCurve';
  return (
    <Select
      size="xs"
      label={t('viewer.sensitivity.wanted')}
      description={wanted === null ? undefined : t(`viewer.sensitivity.${chosen}`)}
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
        ...offeredSensitivities
          .filter((share) => thresholdFor(rules, share))
          .map((share) => ({
            value: String(share),
            label: t('viewer.sensitivity.meant', { share: formatWantedShare(share, language) }),
          })),
      ]}
    />
  );
}
