import { Text, UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { JudgedModel } from '../../../core/evaluation/sample';
import { sorting } from '../../../core/steps';
import { useLanguage } from '../../../ui/context';
import { formatProbability } from '../../../ui/format';
import type { AnsweredImage, ReadClass } from '../model/answered-image';
import { Dialog } from './Dialog';
import styles from './evaluate.module.css';
import { flagLead } from './flag-lead';
import { ImageViewer } from './ImageViewer';
import { Looking, useSteps } from './use-steps';

interface Props {
  heading: string;
  items: readonly AnsweredImage[];
  classes: readonly ReadClass[];
  model: JudgedModel;
  onClose: () => void;
}

/** Rows that a browser shows without effort. */
const maxImages = 500;

const sureness = ({ probabilities, predicted }: AnsweredImage) => probabilities[predicted] ?? 0;

/** The images of a cell, the surest answer first; a press opens one in the viewer. */
export function ImageList({ heading, items, classes, model, onClose }: Props) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const [open, setOpen] = useState<number | null>(null);
  const { value: sorted } = useSteps(() => sorting(items, (a, b) => sureness(b) - sureness(a)), [items]);
  const shown = open === null ? undefined : sorted?.[open];
  if (open !== null && shown) {
    return (
      <ImageViewer
        heading={heading}
        item={shown}
        place={open}
        count={items.length}
        classes={classes}
        model={model}
        onGo={setOpen}
        onList={() => setOpen(null)}
        onClose={onClose}
      />
    );
  }
  return (
    <Dialog onClose={onClose} title={`${heading} (${items.length})`} size="xl">
      {items.length === 0 ? (
        <Text c="dimmed">{t('evaluate.cellEmpty')}</Text>
      ) : (
        <>
          <Text size="sm" c="dimmed" mb="xs">
            {t('evaluate.surestFirst')}
          </Text>
          {!sorted && <Looking />}
          <ul className={styles.list} aria-label={t('evaluate.imagesListed')}>
            {sorted?.slice(0, maxImages).map((item, index) => (
              <li key={item.image.path}>
                <UnstyledButton
                  className={styles.row}
                  aria-label={`${flagLead(t, item)}${t('evaluate.openImage', { path: item.image.path })}`}
                  onClick={() => setOpen(index)}
                >
                  <span>{item.image.path}</span>
                  <span>
                    {flagLead(t, item)}
                    {formatProbability(sureness(item), language)}
                  </span>
                </UnstyledButton>
              </li>
            ))}
          </ul>
          {items.length > maxImages && (
            <Text size="sm">{t('evaluate.more', { count: items.length - maxImages })}</Text>
          )}
        </>
      )}
    </Dialog>
  );
}
