import { Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Card } from '../../../core/card/card';
import { useLanguage, useServices } from '../../../ui/context';
import { formatFixed, formatShare, formatWantedShare } from '../../../ui/format';
import { KeptCalibration } from '../../../ui/site-calibration/KeptCalibration';
import { MapChecks, OfferedThresholds } from './card-checks';
import { useMeasures } from './measures';
import { PredictionSets } from './PredictionSets';
import { useWords } from './words';

/**
 * Temperature, prediction sets, threshold and OOD limits: what every answer of the model rests on; and how
 * far its maps can be trusted.
 */
export function Settings({ card }: { card: Card }) {
  return (
    <>
      <Calibration card={card} />
      <PredictionSets card={card} />
      <Threshold card={card} />
      <SiteCalibrationPart card={card} />
      <OodScore card={card} />
      <Explanations card={card} />
      <Baseline card={card} />
    </>
  );
}

function Calibration({ card: { calibration } }: { card: Card }) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  if (!calibration) return null;
  const { temperature, ece, eceUncalibrated, fittedOn } = calibration;
  const number = (value: number) => formatFixed(value, language, 3);
  if (ece === null || eceUncalibrated === null)
    return (
      <Part heading={t('models.results.calibration')}>
        {t('importModel.notCalibrated', { temperature: number(temperature) })}
      </Part>
    );
  return (
    <Part heading={t('models.results.calibration')}>
      {t('models.results.calibrationText', {
        temperature: number(temperature),
        ece: number(ece),
        before: number(eceUncalibrated),
      })}{' '}
      {fittedOn === 'test' && t('importModel.fittedOnTest.part')}
    </Part>
  );
}

function SiteCalibrationPart({ card }: { card: Card }) {
  const { t } = useTranslation();
  if (!card.calibration) return null;
  return (
    <div>
      <Title order={4} size="h5">
        {t('siteCalibration.heading')}
      </Title>
      <KeptCalibration card={card} />
    </div>
  );
}

function Threshold({ card: { classes, decision } }: { card: Card }) {
  const { t } = useTranslation();
  const { language, read } = useLanguage();
  if (!decision) return null;
  const share = (value: number) => formatShare(value, language);
  const positive = classes.filter(({ id }) => decision.positive.includes(id));
  const { targetSensitivity } = decision;
  return (
    <Part heading={t('models.results.threshold')}>
      {t('models.results.thresholdText', {
        classes: positive.map(({ name }) => read(name)).join(', '),
        threshold: formatFixed(decision.threshold, language, 3),
      })}{' '}
      {targetSensitivity !== null &&
        t('models.results.thresholdTarget', { target: share(targetSensitivity) })}{' '}
      {t('models.results.thresholdMeasured', {
        sensitivity: share(decision.sensitivity),
        specificity: share(decision.specificity),
      })}{' '}
      {decision.fittedOn === 'test' && t('importModel.fittedOnTest.part')}
      {decision.thresholds && <OfferedThresholds decision={decision} />}
    </Part>
  );
}

function OodScore({ card: { ood, calibration } }: { card: Card }) {
  const { t } = useTranslation();
  const { language, read } = useLanguage();
  const { runtime } = useServices();
  const words = useWords();
  if (!ood) return null;
  const member = ood.member === undefined ? null : runtime.card(ood.member);
  const kinds = Object.entries(ood.auroc).map(
    ([kind, value]) => `${words.kind(kind)} ${formatFixed(value, language, 3)}`,
  );
  return (
    <Part heading={t('models.results.ood')}>
      {t(kinds.length > 0 ? 'models.results.oodText' : 'models.results.oodAlone', {
        acceptance: formatWantedShare(ood.acceptance, language),
      })}{' '}
      {kinds.join(', ')}
      {kinds.length > 0 && '.'}{' '}
      {ood.testAcceptance !== undefined &&
        t('models.results.oodPassed', { passed: formatShare(ood.testAcceptance, language) })}{' '}
      {ood.testAcceptance !== undefined &&
        calibration?.fittedOn === 'test' &&
        t('importModel.fittedOnTest.part')}{' '}
      {member && t('models.results.oodMember', { member: read(member.title) })}
    </Part>
  );
}

function Explanations({ card: { results } }: { card: Card }) {
  const { t } = useTranslation();
  const { explanations } = results;
  if (!explanations) return null;
  return (
    <Part heading={t('models.results.explanations')}>
      <MapChecks found={explanations} />
    </Part>
  );
}

/** What a few numbers of colour alone reach: a network has to do better. */
function Baseline({ card: { results } }: { card: Card }) {
  const { t } = useTranslation();
  const { name, write } = useMeasures();
  const { baseline } = results;
  if (!baseline) return null;
  const figures = Object.entries(baseline.metrics).map(
    ([measure, { value, low, high }]) =>
      `${name(measure)} ${write(measure, value)} (${write(measure, low)} – ${write(measure, high)})`,
  );
  return (
    <Part heading={t('models.results.baseline')}>
      {t('models.results.baselineText', { figures: figures.join(', ') })}
    </Part>
  );
}

function Part({ heading, children }: { heading: string; children: ReactNode }) {
  return (
    <div>
      <Title order={4} size="h5">
        {heading}
      </Title>
      <Text size="sm">{children}</Text>
    </div>
  );
}
