import { Button } from '@mantine/core';
import { IconCamera, IconCheck, IconMinus, IconRepeat, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { SiteMark } from '../../../../ui/site-calibration/SiteMark';
import { allSamples } from '../../model/demo-gallery';
import { missedOf, type RoundPhoto, type RoundResult, siteOf } from '../../model/round';
import { useDemoGallery, useGalleryCard, useKiosk, useModels } from '../context';
import kioskStyles from '../kiosk.module.css';
import styles from './round.module.css';
import { useFocusedHeading } from './use-focused-heading';

/** The score of both, each photo again to look inside, and the ways on. */
export function RoundScore({ result }: { result: RoundResult }) {
  const { t } = useTranslation();
  const { round, session } = useKiosk();
  const { camera } = useModels();
  const heading = useFocusedHeading('score');
  const { photos, you, machine } = result;
  const drawn = photos.filter(({ drawn }) => drawn).length;
  const noCall = photos.filter(({ machine }) => machine === null).length;
  // Whoever gave no result for any photo was no opponent, and lost nothing.
  const alone = noCall === photos.length;
  const site = siteOf(photos);
  const outcome = alone ? 'alone' : you > machine ? 'ahead' : you < machine ? 'behind' : 'level';
  return (
    <div className={kioskStyles.loop}>
      <div className={styles.photos}>
        <h2>{t('kioskRound.score.inside')}</h2>
        <ul>
          {photos.map((photo, index) => (
            <ScorePhoto key={photo.id} photo={photo} number={index + 1} />
          ))}
        </ul>
      </div>
      <div className={kioskStyles.side}>
        <h2 className={styles.title} ref={heading} tabIndex={-1}>
          {t(`kioskRound.score.${outcome}`, { you, count: photos.length })}
        </h2>
        <dl className={styles.score}>
          {(['guess', 'machine'] as const).map((side) => (
            <div key={side} data-side={side === 'guess' ? 'you' : 'machine'}>
              <dt>{t(side === 'guess' ? 'kioskRound.you' : 'kioskRound.machine')}</dt>
              {side === 'machine' && alone ? (
                <dd>
                  <strong>–</strong>
                  {t('kioskRound.noCall')}
                </dd>
              ) : (
                <>
                  <dd>
                    <strong>{side === 'guess' ? you : machine}</strong>
                    {t('kioskRound.score.of', { count: photos.length })}
                  </dd>
                  <dd>{t('kioskRound.score.missed', { count: missedOf(photos, side) })}</dd>
                </>
              )}
            </div>
          ))}
        </dl>
        <div className={styles.body}>
          {alone && (
            <p className={styles.text}>
              {t(drawn === photos.length ? 'kioskRound.score.noneDrawn' : 'kioskRound.score.noneWhy')}
            </p>
          )}
          {noCall > 0 && !alone && (
            <p className={styles.text}>{t('kioskRound.score.noCall', { count: noCall })}</p>
          )}
          {drawn > 0 && !alone && (
            <p className={styles.text}>
              {t(drawn === photos.length ? 'kioskRound.score.drawn' : 'kioskRound.score.someDrawn')}
            </p>
          )}
          {site && (
            <p className={styles.note}>
              {t('kioskRound.machine')}: <SiteMark site={site} inWords />
            </p>
          )}
          <p className={styles.note}>{t('kioskRound.score.game')}</p>
        </div>
        <div className={`${styles.wayOn} ${kioskStyles.ways}`}>
          <Button
            size="xl"
            variant={camera ? 'default' : 'filled'}
            leftSection={<IconRepeat size="1.2em" aria-hidden />}
            onClick={() => round.start()}
          >
            {t('kioskRound.score.again')}
          </Button>
          <Button
            size="xl"
            // Without a model for it the camera only says so.
            variant={camera ? 'filled' : 'default'}
            leftSection={<IconCamera size="1.2em" aria-hidden />}
            onClick={() => session.go('camera')}
          >
            {t('kioskRound.score.camera')}
          </Button>
        </div>
      </div>
    </div>
  );
}

/** A photo of the round, with who was right; a press looks inside. */
function ScorePhoto({ photo, number }: { photo: RoundPhoto; number: number }) {
  const { t } = useTranslation();
  const { gallery, session } = useKiosk();
  const card = useGalleryCard();
  const sample = useDemoGallery((state) => allSamples(state).find(({ id }) => id === photo.id));
  if (!sample || !card) return null;
  const name = t(`kioskRound.diagnosis.${photo.diagnosis}.name`);
  const look = () => {
    void gallery.trySample(photo.id, card);
    session.go('inside');
  };
  return (
    <li>
      <button type="button" onClick={look} aria-label={t('kioskRound.score.lookInside', { number, name })}>
        <img src={sample.url} alt="" draggable={false} />
        <span className={styles.photoName}>{name}</span>
        <span className={styles.sides}>
          {(['guess', 'machine'] as const).map((side) => (
            <Side key={side} photo={photo} side={side} />
          ))}
        </span>
      </button>
    </li>
  );
}

function Side({ photo, side }: { photo: RoundPhoto; side: 'guess' | 'machine' }) {
  const { t } = useTranslation();
  const call = photo[side];
  const verdict = call === null ? 'none' : call === photo.truth ? 'right' : 'wrong';
  const Icon = { right: IconCheck, wrong: IconX, none: IconMinus }[verdict];
  return (
    <span className={styles.mark} data-verdict={verdict}>
      <Icon aria-hidden />
      {t(side === 'guess' ? 'kioskRound.you' : 'kioskRound.machine')}
    </span>
  );
}
