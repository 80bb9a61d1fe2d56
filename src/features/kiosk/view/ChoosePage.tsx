import { Button, SegmentedControl } from '@mantine/core';
import { IconCamera, IconTrophy } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../../../ui/context';
import styles from './choose.module.css';
import { useDemoGallery, useKiosk, useModels, useRoundQuestions } from './context';
import kioskStyles from './kiosk.module.css';
import { Opening } from './Opening';

/** What to try: one of the samples, or the camera. */
export function ChoosePage() {
  const { t } = useTranslation();
  const { read } = useLanguage();
  const { session, gallery } = useKiosk();
  const { offered, card, camera } = useModels();
  const samples = useDemoGallery(({ samples }) => samples);
  const open = useDemoGallery(({ open }) => open);
  const canPlay = useRoundQuestions().length > 0;
  if (!card || !open) {
    return (
      <div className={kioskStyles.centre}>
        <Opening card={card} />
      </div>
    );
  }
  const look = (id: string) => {
    void gallery.trySample(id, card);
    session.go('inside');
  };
  return (
    <div className={styles.choose}>
      <h2>{t('kiosk.chooseHeading')}</h2>
      {offered.length > 1 && (
        <SegmentedControl
          size="lg"
          aria-label={t('model.choose')}
          value={card.id}
          onChange={(packageId) => session.choose({ packageId })}
          data={offered.map(({ id, title }) => ({ value: id, label: read(title) }))}
        />
      )}
      <ul className={styles.samples}>
        {samples.map(({ id, title, url, synthetic }, index) => {
          const name = title ? read(title) : t('kiosk.sample', { number: index + 1 });
          return (
            <li key={id}>
              <button type="button" onClick={() => look(id)}>
                <img src={url} alt="" draggable={false} />
                <span>
                  {name}
                  {synthetic && <small>{t('photo.syntheticShort')}</small>}
                </span>
              </button>
            </li>
          );
        })}
      </ul>
      <div className={kioskStyles.ways}>
        {canPlay && (
          <Button
            size="xl"
            variant={camera ? 'default' : 'filled'}
            leftSection={<IconTrophy size="1.4em" aria-hidden />}
            onClick={() => session.go('round')}
          >
            {t('kioskRound.name')}
          </Button>
        )}
        <Button
          size="xl"
          // Without a model for it the camera only says so.
          variant={camera || !canPlay ? 'filled' : 'default'}
          leftSection={<IconCamera size="1.4em" aria-hidden />}
          onClick={() => session.go('camera')}
        >
          {t('kiosk.useCamera')}
        </Button>
      </div>
    </div>
  );
}
