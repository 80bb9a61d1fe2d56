import { Button, Group, Modal, Text, UnstyledButton } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLanguage, useServices } from '../../ui/context';
import { formatProbability } from '../../ui/format';
import { PhotoStage } from '../../ui/PhotoStage';
import { ProbabilityBars } from '../../ui/ProbabilityBars';
import styles from './evaluate.module.css';

interface Item {
  path: string;
  /** In the order of `names`. */
  probabilities: readonly number[];
}

interface Props {
  heading: string;
  items: readonly Item[];
  /** The class whose probability stands beside each image. */
  predicted: number;
  names: readonly string[];
  malignant: readonly boolean[];
  onClose: () => void;
}

/** Rows that a browser shows without effort. */
const most = 500;

/** The images of a cell, the surest answer first; a press shows one with all its probabilities. */
export function ImageList({ heading, items, predicted, names, malignant, onClose }: Props) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const [open, setOpen] = useState<Item | null>(null);
  const sureness = ({ probabilities }: Item) => probabilities[predicted] ?? 0;
  const sorted = [...items].sort((a, b) => sureness(b) - sureness(a));
  return (
    <Modal
      opened
      onClose={onClose}
      title={`${heading} (${items.length})`}
      size="xl"
      transitionProps={{ duration: 120 }}
      closeButtonProps={{ 'aria-label': t('app.dismiss') }}
    >
      {open ? (
        <>
          <Group mb="sm" justify="space-between">
            <Button
              variant="default"
              size="sm"
              leftSection={<IconArrowLeft size={16} aria-hidden />}
              onClick={() => setOpen(null)}
            >
              {t('evaluate.toList')}
            </Button>
            <Text size="sm">{open.path}</Text>
          </Group>
          <Viewer path={open.path} />
          <ProbabilityBars
            items={names.map((name, index) => ({
              id: String(index),
              name,
              malignant: malignant[index] ?? false,
              probability: open.probabilities[index] ?? 0,
            }))}
          />
        </>
      ) : (
        <ul className={styles.list} aria-label={t('evaluate.imagesListed')}>
          {sorted.slice(0, most).map((item) => (
            <li key={item.path}>
              <UnstyledButton
                className={styles.row}
                aria-label={t('evaluate.openImage', { path: item.path })}
                onClick={() => setOpen(item)}
              >
                <span>{item.path}</span>
                <span>{formatProbability(sureness(item), language)}</span>
              </UnstyledButton>
            </li>
          ))}
        </ul>
      )}
      {!open && sorted.length > most && (
        <Text size="sm">{t('evaluate.more', { count: sorted.length - most })}</Text>
      )}
    </Modal>
  );
}

function Viewer({ path }: { path: string }) {
  const { t } = useTranslation();
  const { evaluation } = useServices();
  const [url, setUrl] = useState<string | 'gone' | null>(null);
  useEffect(() => {
    let made: string | null = null;
    let closed = false;
    void evaluation.image(path).then((file) => {
      if (closed) return;
      made = file && URL.createObjectURL(file);
      setUrl(made ?? 'gone');
    });
    return () => {
      closed = true;
      if (made !== null) URL.revokeObjectURL(made);
    };
  }, [evaluation, path]);
  if (url === null) return <div className={styles.viewer} />;
  if (url === 'gone') return <Text mb="md">{t('evaluate.imageGone')}</Text>;
  return (
    <div className={styles.viewer}>
      <PhotoStage url={url} name={path} square={null} />
    </div>
  );
}
