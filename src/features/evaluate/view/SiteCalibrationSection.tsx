import { Button, Group, Loader, Stack, Text, TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Card } from '../../../core/card/card';
import type { SiteCalibration } from '../../../core/decision/site-calibration';
import { type Failure, failure } from '../../../core/failure';
import type { ClassifierSample } from '../../../core/metrics/classifier';
import { useServices } from '../../../ui/context';
import { FailureNotice } from '../../../ui/FailureNotice';
import { ExportCalibration, KeptCalibration } from '../../../ui/site-calibration/KeptCalibration';
import { SiteGain } from '../../../ui/site-calibration/SiteGain';
import { useEvaluateServices } from './context';
import styles from './evaluate.module.css';

interface Props {
  card: Card;
  /** What the package said of the photos of this run, by its own calibration. */
  sample: ClassifierSample;
  /** Of the package that said it. */
  packageHash: string;
}

type Fit =
  | { state: 'none' }
  | { state: 'running' }
  | { state: 'failed'; failure: Failure }
  | { state: 'done'; site: SiteCalibration };

/**
 * Fits a calibration of this site to the photos of the run, shows what it gains, and keeps it where the user
 * wants it.
 */
export function SiteCalibrationSection({ card, sample, packageHash }: Props) {
  const { t } = useTranslation();
  const { fitSite } = useEvaluateServices();
  const { runtime } = useServices();
  const [name, setName] = useState('');
  const [fit, setFit] = useState<Fit>({ state: 'none' });
  const leaving = useRef<AbortController | null>(null);
  useEffect(() => () => leaving.current?.abort(), []);
  const start = async () => {
    const controller = new AbortController();
    leaving.current = controller;
    setFit({ state: 'running' });
    const about = { name: name.trim(), packageHash, createdAt: new Date().toISOString() };
    const { id, version, classes, calibration, decision } = card;
    const { truth, probabilities, groups } = sample;
    const request = {
      card: { id, version, classes, calibration, decision },
      sample: { truth, probabilities, groups },
      about,
    };
    const fitted = await fitSite(request, controller.signal).catch((error: unknown) =>
      failure('internal', { reason: String(error) }),
    );
    if (controller.signal.aborted) return;
    setFit(fitted.ok ? { state: 'done', site: fitted.value } : { state: 'failed', failure: fitted.failure });
  };
  return (
    <section className={styles.section} aria-label={t('siteCalibration.heading')} data-no-report>
      <h2>{t('siteCalibration.heading')}</h2>
      <Stack gap="md">
        <Text size="sm">{t('siteCalibration.what')}</Text>
        <Group align="end" gap="sm">
          <TextInput
            label={t('siteCalibration.name')}
            placeholder={t('siteCalibration.namePlaceholder')}
            maxLength={80}
            value={name}
            onChange={({ currentTarget }) => setName(currentTarget.value)}
          />
          <Button
            disabled={name.trim() === '' || fit.state === 'running'}
            onClick={() => void start()}
            variant="default"
          >
            {t('siteCalibration.fit')}
          </Button>
        </Group>
        {fit.state === 'running' && (
          <Group role="status">
            <Loader size="sm" aria-hidden />
            <Text size="sm">{t('siteCalibration.fitting')}</Text>
          </Group>
        )}
        {fit.state === 'failed' && (
          <FailureNotice failure={fit.failure} heading={t('siteCalibration.notFitted')} />
        )}
        {fit.state === 'done' && (
          <>
            <SiteGain site={fit.site} card={card} />
            <Group gap="sm">
              <Button
                onClick={() => {
                  runtime.siteCalibrations.keep(fit.site);
                  setFit({ state: 'none' });
                }}
              >
                {t('siteCalibration.keep')}
              </Button>
              <ExportCalibration site={fit.site} />
            </Group>
          </>
        )}
        {fit.state !== 'done' && <KeptCalibration card={card} />}
      </Stack>
    </section>
  );
}
