import { ActionIcon, Button, FileButton, Group, Text } from '@mantine/core';
import { IconFolderOpen, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { formatDate } from '../../../core/date-locale';
import type { Failure } from '../../../core/failure';
import { useLanguage } from '../../../ui/context';
import { FailureNotice } from '../../../ui/FailureNotice';
import { later } from '../../../ui/later';
import { useEvaluateServices } from './context';
import styles from './evaluate.module.css';
import { Measuring } from './Measuring';
import type { Series } from './series';

/** The plots are fetched when there is something to draw. */
const Together = later(() => import('./Together').then((m) => m.Together), Measuring);

/** One's own models and the results that others saved, in one plot; without own ones only the latter. */
export function BesideOthers({ own }: { own: readonly Series[] }) {
  const { t } = useTranslation();
  const { language, read } = useLanguage();
  const { opened } = useEvaluateServices();
  const files = useStore(opened.store);
  const [failed, setFailed] = useState<{ name: string; failure: Failure } | null>(null);
  const open = async (chosen: readonly File[]) => {
    setFailed(null);
    for (const file of chosen) {
      const failure = await opened.open(file);
      if (failure) setFailed({ name: file.name, failure });
    }
  };
  const others = files.flatMap(({ key, name, results }) =>
    results.models.map(
      (model): Series => ({
        key: `opened-${key}-${model.packageId}`,
        title: `${read(model.title)} (${name})`,
        model,
      }),
    ),
  );
  const series = [...own, ...others];
  return (
    <section className={styles.section} aria-label={t('evaluate.together.heading')}>
      <h2>{t('evaluate.together.heading')}</h2>
      <div data-no-report>
        <Text size="sm" c="dimmed" mb="sm">
          {t('evaluate.together.help')}
        </Text>
        <Group gap="sm" mb="md">
          <FileButton accept="application/json,.json" multiple onChange={(chosen) => void open(chosen)}>
            {(props) => (
              <Button {...props} variant="default" leftSection={<IconFolderOpen size={18} aria-hidden />}>
                {t('evaluate.together.open')}
              </Button>
            )}
          </FileButton>
          {files.map(({ key, name, results }) => (
            <Group key={key} gap={4} wrap="nowrap" className={styles.opened}>
              <Text size="sm">
                {name}, {formatDate(results.createdAt, language)},{' '}
                {t('evaluate.imageCount', {
                  count: Math.max(...results.models.map(({ count }) => count)),
                })}
              </Text>
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={t('evaluate.together.close', { name })}
                onClick={() => opened.close(key)}
              >
                <IconX size={16} aria-hidden />
              </ActionIcon>
            </Group>
          ))}
        </Group>
        {failed && (
          <FailureNotice
            failure={failed.failure}
            heading={`${t('evaluate.together.openFailed')}: ${failed.name}`}
          />
        )}
      </div>
      {series.length > 0 && <Together series={series} />}
    </section>
  );
}
