import { Anchor, Text, Title } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Card } from '../../../core/card/card';
import { useLanguage, useRuntime } from '../../../ui/context';
import { HelpTip } from '../../../ui/HelpTip';
import { DataAndFiles } from './DataAndFiles';
import { Flow } from './Flow';
import { Marks } from './ModelList';
import styles from './models.module.css';
import { Readiness } from './Readiness';
import { Results } from './Results';
import { SelfTestSection } from './SelfTestSection';
import { addressOf } from './use-chosen-model';

/** All that a card says of its model. */
export function ModelSheet({ card }: { card: Card }) {
  const { t } = useTranslation();
  const { read } = useLanguage();
  const added = useRuntime((state) => state.added.includes(card.id));
  const nonCommercial = card.nonCommercial === true;
  return (
    <article className={styles.sheet}>
      <header className={styles.sheetHead}>
        <Anchor href={addressOf()} size="sm" className={styles.back}>
          <IconArrowLeft size={16} aria-hidden /> {t('models.back')}
        </Anchor>
        <Title order={2}>{read(card.title)}</Title>
        <Text>{read(card.summary)}</Text>
        <Text size="sm" c="dimmed">
          {t(`models.audience.${card.domain}`)}
        </Text>
        {(added || nonCommercial) && (
          <div className={styles.sheetMarks}>
            <Marks added={added} nonCommercial={nonCommercial} />
            {nonCommercial && (
              <HelpTip subject={t('models.nonCommercial')}>{t('models.nonCommercialMeaning')}</HelpTip>
            )}
          </div>
        )}
        <Readiness card={card} added={added} />
      </header>
      <section className={`${styles.section} ${styles.limits}`}>
        <Title order={3} size="h4">
          {t('models.limits')}
        </Title>
        <ul>
          {card.limits.map((limit) => (
            <li key={limit.en}>{read(limit)}</li>
          ))}
        </ul>
      </section>
      <Flow card={card} />
      <Results card={card} />
      <SelfTestSection card={card} />
      <DataAndFiles card={card} />
    </article>
  );
}
