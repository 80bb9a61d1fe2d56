import { Button, Stack, Text } from '@mantine/core';
import { IconCamera } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { PhotoFinding } from '../model/outcome';
import type { SelfCheck } from '../model/self-check';
import styles from './self-check.module.css';

interface Props {
  check: SelfCheck;
  why: Extract<PhotoFinding, { kind: 'not-judged' }>['why'];
  /** Somebody is to look at the spot anyway. */
  seen?: boolean;
}

/** Why the photo says nothing, and how to take a better one. */
export function NotJudged({ check, why, seen = false }: Props) {
  const { t } = useTranslation();
  const acne = useStore(check.store, ({ path }) => path === 'acne');
  const own = why === 'out-of-distribution' || why === 'uncertain' || why === 'no-threshold';
  const ownHelp = () => {
    if (!own) return t(`failure.${why}.remedy`);
    return acne ? t('acne.outOfDistributionHelp') : t(`selfCheck.notJudged.${why}Help`);
  };
  return (
    <section className={styles.panel} aria-labelledby="not-judged">
      <h2 id="not-judged">{t('selfCheck.notJudged.heading')}</h2>
      <p>{own ? t(`selfCheck.notJudged.${why}`) : t(`failure.${why}.sentence`)}</p>
      <p>{ownHelp()}</p>
      {/* By a model without a threshold no photo is judged, a better one neither. */}
      {why !== 'no-threshold' && (
        <Stack gap="xs">
          {!acne && !seen && <Text size="sm">{t('selfCheck.notJudged.twice')}</Text>}
          <Button
            variant="default"
            leftSection={<IconCamera size={20} aria-hidden />}
            onClick={() => {
              check.removePhoto();
              check.back();
            }}
          >
            {t('selfCheck.notJudged.again')}
          </Button>
        </Stack>
      )}
    </section>
  );
}
