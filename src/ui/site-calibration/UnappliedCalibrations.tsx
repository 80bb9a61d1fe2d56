import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconDownload, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { Card } from '../../core/card/card';
import { siteCalibrationText } from '../../core/decision/site-calibration';
import { unreadText } from '../../runtime/site-calibrations';
import { useLanguage, useServices } from '../context';
import { saveFile } from '../save-file';

/**
 * The kept calibrations that no model's own page can show: those that cannot be read, and those of a model that is not
 * here. Each with the reason, a way to take it along, and a way to be rid of it. Nothing where there is none.
 */
export function UnappliedCalibrations({ cards }: { cards: readonly Card[] }) {
  const { t } = useTranslation();
  const { read } = useLanguage();
  const { siteCalibrations } = useServices().runtime;
  const unread = useStore(siteCalibrations.unread);
  const kept = useStore(siteCalibrations.store);
  const strays = Object.values(kept).filter(({ packageId }) => !cards.some(({ id }) => id === packageId));
  if (unread.length === 0 && strays.length === 0) return null;
  const titleOf = (id: string) => {
    const card = cards.find((each) => each.id === id);
    return card ? read(card.title) : id;
  };
  return (
    <Alert
      role="status"
      variant="default"
      style={{ flex: 'none' }}
      icon={<IconAlertTriangle aria-hidden />}
      title={t('siteCalibration.unapplied.heading')}
    >
      <Stack gap="sm">
        {unread.map((each, index) => {
          const name = each.name ?? t('siteCalibration.unapplied.unnamed');
          const model = each.packageId === null ? '' : ` (${titleOf(each.packageId)})`;
          return (
            <Unapplied
              key={each.json}
              name={`“${name}”${model}`}
              reason={t('siteCalibration.unapplied.unread', { problem: each.problem })}
              file={`site-calibration-unread-${index + 1}.json`}
              text={() => unreadText(each)}
              onRemove={() => siteCalibrations.removeUnread(each)}
            />
          );
        })}
        {strays.map((site) => (
          <Unapplied
            key={site.packageId}
            name={`“${site.name}” (${site.packageId} ${site.packageVersion})`}
            reason={t('siteCalibration.unapplied.noModel')}
            file={`site-calibration-${site.packageId}.json`}
            text={() => siteCalibrationText(site)}
            onRemove={() => siteCalibrations.remove(site.packageId)}
          />
        ))}
      </Stack>
    </Alert>
  );
}

interface UnappliedProps {
  name: string;
  reason: string;
  file: string;
  text: () => string;
  onRemove: () => void;
}

function Unapplied({ name, reason, file, text, onRemove }: UnappliedProps) {
  const { t } = useTranslation();
  return (
    <div>
      <Text size="sm" fw={600} style={{ overflowWrap: 'anywhere' }}>
        {name}
      </Text>
      <Text size="sm">{reason}</Text>
      <Group gap="xs" mt={4}>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconDownload size={16} aria-hidden />}
          onClick={() => saveFile(file, text(), 'application/json')}
        >
          {t('siteCalibration.export')}
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconTrash size={16} aria-hidden />}
          onClick={onRemove}
        >
          {t('siteCalibration.unapplied.remove')}
        </Button>
      </Group>
    </div>
  );
}
