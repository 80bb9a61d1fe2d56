import { Button } from '@mantine/core';
import { IconPhotoPlus, IconSparkles } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Domain } from '../../../core/quality/limits';
import styles from './empty.module.css';
import { FirstHint } from './FirstHint';
import { IntakeButtons } from './IntakeButtons';
import stage from './stage.module.css';
import type { Intake } from './use-intake';

/** The dark ground before there is a photo: what to do, and a made-up picture for who has none at hand. */
export function EmptyStage({ intake, domain }: { intake: Intake; domain: Domain }) {
  const { t } = useTranslation();
  return (
    <div className={stage.ground}>
      <div className={styles.target}>
        <FirstHint />
        <IconPhotoPlus size={56} stroke={1} aria-hidden />
        <h2>{t('photo.dropHere')}</h2>
        <p>{t('photo.dropHint')}</p>
        <IntakeButtons large domain={domain} onFiles={intake.take} />
        <Button
          size="md"
          variant="subtle"
          className={styles.sample}
          leftSection={<IconSparkles size={18} aria-hidden />}
          onClick={() => void intake.takeSample()}
        >
          {t('photo.sample')}
        </Button>
        <p className={styles.stays}>{t('photo.stays')}</p>
      </div>
    </div>
  );
}
