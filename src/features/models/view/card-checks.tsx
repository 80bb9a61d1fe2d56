import { useTranslation } from 'react-i18next';
import type { Card } from '../../../core/card/card';
import { useLanguage } from '../../../ui/context';
import { formatFixed, formatNumber, formatShare, formatWantedShare } from '../../../ui/format';

type Decision = NonNullable<Card['decision']>;
type Found = NonNullable<Card['results']['explanations']>;
type Checks = Extract<Found, { count: number }>;

/** The thresholds for other sensitivities that a user may ask for, and what each was worth on test photos. */
export function OfferedThresholds({ decision: { thresholds = [] } }: { decision: Decision }) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const share = (value: number) => formatShare(value, language);
  return (
    <>
      {' '}
      {t('models.results.offered')}
      {thresholds.map(({ targetSensitivity, threshold, sensitivity, specificity }) => (
        <span key={targetSensitivity} style={{ display: 'block' }}>
          {t('models.results.offeredOf', {
            target: formatWantedShare(targetSensitivity, language),
            threshold: formatFixed(threshold, language, 3),
            sensitivity: share(sensitivity.value),
            sensitivityLow: share(sensitivity.low),
            sensitivityHigh: share(sensitivity.high),
            specificity: share(specificity.value),
            specificityLow: share(specificity.low),
            specificityHigh: share(specificity.high),
          })}{' '}
          {/* The whole interval lies below what is asked for, as where an answer says so. */}
          {sensitivity.high < targetSensitivity && t('verdict.fellShort')}
        </span>
      ))}
    </>
  );
}

/** Whether the maps show what was learned, and lie at the lesion; of a fusion for each of its two queries. */
export function MapChecks({ found }: { found: Found }) {
  const { t } = useTranslation();
  if (!('attention' in found)) return <MapCheck checks={found} />;
  return (['metadata', 'mask'] as const).map((query) => {
    const checks = found.attention[query];
    return (
      checks && (
        <span key={query} style={{ display: 'block' }}>
          {t(`models.results.query.${query}`)} <MapCheck checks={checks} />
        </span>
      )
    );
  });
}

function MapCheck({ checks: { insideLesion, lesionArea, randomised, count } }: { checks: Checks }) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const figures = {
    amount: formatNumber(count, language),
    randomised: formatFixed(randomised.value, language, 2),
    randomisedLow: formatFixed(randomised.low, language, 2),
    randomisedHigh: formatFixed(randomised.high, language, 2),
  };
  if (!insideLesion) return <>{t('models.results.explanationsWithout', figures)}</>;
  return (
    <>
      {t('models.results.explanationsText', {
        ...figures,
        inside: formatShare(insideLesion.value, language),
        insideLow: formatShare(insideLesion.low, language),
        insideHigh: formatShare(insideLesion.high, language),
      })}{' '}
      {lesionArea && t('models.results.explanationsFlat', { area: formatShare(lesionArea.value, language) })}
    </>
  );
}
