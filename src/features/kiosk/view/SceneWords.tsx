import { useTranslation } from 'react-i18next';
import type { Analysis } from '../../../core/analysis';
import type { Card } from '../../../core/card/card';
import { SiteMark } from '../../../ui/site-calibration/SiteMark';
import { useVerdict } from '../../../ui/use-verdict';
import type { DemoSample } from '../model/demo-gallery';
import { type ExplanationStep, explanationSteps, spotsFound } from '../model/explanation';
import loopStyles from './loop.module.css';
import { StepList } from './StepList';

/** One stage of one sample. */
export interface Scene {
  sample: DemoSample;
  analysis: Analysis;
  step: ExplanationStep;
}

/** Letters of an answer that fill three lines of the loop's largest size; a longer one gets smaller ones. */
const longCell = 36;

/** What it is about, how far the photo is, and a few words for the stage. */
export function SceneWords({
  scene: { sample, analysis, step },
  card,
  canPlay,
}: {
  scene: Scene;
  card: Card;
  /** Whether a round can be played: then that is what a touch leads to. */
  canPlay: boolean;
}) {
  const { t } = useTranslation();
  const verdict = useVerdict();
  const { synthetic, credit } = sample;
  // As a row of the clinic says it: a decision alone, in the largest letters, would be half of the answer.
  const said = step === 'answer' ? verdict(card, analysis).text : null;
  const found = step === 'mask' || step === 'answer' ? spotsFound(analysis) : null;
  const name = step === 'photo' && synthetic ? 'drawing' : step;
  return (
    <>
      {/* The answer needs the room. */}
      {step !== 'answer' && (
        <p className={loopStyles.claim}>{t(canPlay ? 'kioskRound.name' : 'kiosk.loop.claim')}</p>
      )}
      <StepList steps={explanationSteps(card, analysis)} now={step} signsAlone />
      {said ? (
        <>
          <h2 data-long={said.cell.length > longCell || undefined}>{`${said.cell}.`}</h2>
          <p className={loopStyles.list} data-long={said.brief.length > longCell || undefined}>
            {`${said.brief}.`}
          </p>
        </>
      ) : (
        name !== 'answer' && <h2>{t(`kiosk.loop.${name}`)}</h2>
      )}
      {found !== null && <p className={loopStyles.brief}>{t('kiosk.oneOfSpots', { found })}</p>}
      {step === 'answer' && synthetic && <p className={loopStyles.claim}>{t('kiosk.loop.drawn')}</p>}
      {step === 'answer' && analysis.siteCalibration && (
        <p className={loopStyles.credit}>
          <SiteMark site={analysis.siteCalibration} inWords />
        </p>
      )}
      {/* For whoever stands before the screen: a licence asks for it, not a passer-by. */}
      {credit && <p className={loopStyles.credit}>{credit}</p>}
    </>
  );
}
