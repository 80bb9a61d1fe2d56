import { Button, FileButton, Group, Stack, Text } from '@mantine/core';
import { IconDownload, IconTrash, IconUpload } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { Card } from '../../core/card/card';
import { formatDate } from '../../core/date-locale';
import { localDay } from '../../core/day';
import { type SiteCalibration, siteCalibrationText } from '../../core/decision/site-calibration';
import type { Failure } from '../../core/failure';
import { readText } from '../../runtime/read-text';
import { useLanguage, useServices } from '../context';
import { FailureNotice } from '../FailureNotice';
import { saveFile } from '../save-file';
import { SiteGain } from './SiteGain';
import { useFits } from './use-fits';

/** Bytes; a calibration has some ten thousand. */
const maxBytes = 4 * 2 ** 20;

/**
 * The calibration of this site that is kept for a package: what it gained, a way to take it along, and a way
 * to be rid of it.
 */
export function KeptCalibration({ card }: { card: Card }) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const { runtime } = useServices();
  const kept = useStore(runtime.siteCalibrations.store, (all) => all[card.id]);
  const [failed, setFailed] = useState<Failure | null>(null);
  const fits = useFits(kept, card);
  const take = async (file: File | null) => {
    if (!file) return;
    const text = await readText(file, maxBytes, 'calibration-invalid');
    const taken = text.ok ? await runtime.siteCalibrations.take(text.value, [card]) : text;
    setFailed(taken.ok ? null : taken.failure);
  };
  return (
    <Stack gap="sm">
      {kept ? (
        <>
          <Text fw={600}>
            {t('siteCalibration.kept', {
              name: kept.name,
              date: formatDate(kept.createdAt, language),
            })}
          </Text>
          <Text size="sm">{t(fits === false ? 'siteCalibration.stale' : 'siteCalibration.inUse')}</Text>
          <SiteGain site={kept} card={card} />
        </>
      ) : (
        <Text size="sm">{t('siteCalibration.none')}</Text>
      )}
      <Group gap="sm">
        {kept && (
          <>
            <ExportCalibration site={kept} />
            <Button
              variant="default"
              leftSection={<IconTrash size={18} aria-hidden />}
              onClick={() => runtime.siteCalibrations.remove(card.id)}
            >
              {t('siteCalibration.remove')}
            </Button>
          </>
        )}
        <FileButton accept="application/json,.json" onChange={(file) => void take(file)}>
          {(props) => (
            <Button {...props} variant="default" leftSection={<IconUpload size={18} aria-hidden />}>
              {t('siteCalibration.import')}
            </Button>
          )}
        </FileButton>
      </Group>
      {failed && <FailureNotice failure={failed} heading={t('siteCalibration.notTaken')} />}
    </Stack>
  );
}

export function ExportCalibration({ site }: { site: SiteCalibration }) {
  const { t } = useTranslation();
  return (
    <Button
      variant="default"
      leftSection={<IconDownload size={18} aria-hidden />}
      onClick={() =>
        saveFile(
          `site-calibration-${site.packageId}-${localDay(new Date(site.createdAt))}.json`,
          siteCalibrationText(site),
          'application/json',
        )
      }
    >
      {t('siteCalibration.export')}
    </Button>
  );
}
