import { useTranslation } from 'react-i18next';
import type { Card } from '../../../../core/card/card';
import { SiteMark } from '../../../../ui/site-calibration/SiteMark';
import { useVerdict } from '../../../../ui/use-verdict';
import type { DemoSample } from '../../model/demo-gallery';
import { saliencyMap, spotsFound } from '../../model/explanation';
import type { RoundPhoto } from '../../model/round';
import { CallMark } from './CallMark';
import styles from './round.module.css';

interface Props {
  photo: RoundPhoto;
  sample: DemoSample;
  card: Card;
}

/** Who was right about a photo, what is drawn over it, and what a dermatologist looks for. */
export function Reveal({ photo, sample, card }: Props) {
  const { t } = useTranslation();
  const say = useVerdict();
  const { structures, credit, run } = sample;
  const analysis = run.state === 'done' ? run.analysis : null;
  const site = analysis?.siteCalibration ?? null;
  const legend = analysis && legendOf(card, analysis);
  const said = analysis && photo.machine !== null && !photo.drawn ? say(card, analysis).text : null;
  const found = analysis && spotsFound(analysis);
  const list = structures.map((structure) => t(`kioskRound.structure.${structure}`)).join(', ');
  return (
    <div className={styles.body}>
      <dl className={styles.verdicts}>
        {(['guess', 'machine'] as const).map((side) => (
          <div key={side}>
            <dt>{t(side === 'guess' ? 'kioskRound.you' : 'kioskRound.machine')}</dt>
            <dd>
              <CallMark call={photo[side]} truth={photo.truth} by={side} />
            </dd>
          </div>
        ))}
      </dl>
      {photo.machine === null && (
        <p className={styles.text}>
          {t(photo.flaggedAllTheSame ? 'kioskRound.noCallFlagged' : 'kioskRound.noCallWhy')}
        </p>
      )}
      {/* As every other screen says it; of a drawing the numbers mean nothing. */}
      {said && (
        <p className={styles.note}>
          {t('kioskRound.machine')}: {said.cell}. {said.brief}.{' '}
          {found !== null && t('kiosk.oneOfSpots', { found })}
        </p>
      )}
      <div className={styles.look}>
        <h3>{t('kioskRound.look')}</h3>
        <p>{t(`kioskRound.diagnosis.${photo.diagnosis}.look`)}</p>
        {list && <p>{t(photo.drawn ? 'kioskRound.drawnInto' : 'kioskRound.seen', { list })}</p>}
      </div>
      {site && (
        <p className={styles.note}>
          {t('kioskRound.machine')}: <SiteMark site={site} inWords />
        </p>
      )}
      <p className={styles.note}>
        {legend && `${t(legend)} `}
        {photo.drawn ? t('kioskRound.drawnNote') : credit}
      </p>
    </div>
  );
}

/** What is drawn over the picture; null where nothing is. */
function legendOf(card: Card, analysis: Parameters<typeof saliencyMap>[1]) {
  // A map is drawn only where there is an outline to hold it against: rounds are of dermoscopy.
  if (!analysis.lesion?.mask) return null;
  return saliencyMap(card, analysis) ? 'kioskRound.legend' : 'kioskRound.legendOutline';
}
