import { Text } from '@mantine/core';
import { IconChevronRight, IconCircleCheck, IconCircleX, IconLock } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { questions, type SelfCheck, type SelfCheckPath } from '../model/self-check';
import styles from './self-check.module.css';
import start from './start.module.css';

/** What this can and cannot do, in words for a worried person, and the choice between the two paths. */
export function StartStep({ check }: { check: SelfCheck }) {
  const { t } = useTranslation();
  const paths: SelfCheckPath[] = ['lesion', 'acne'];
  return (
    <section className={styles.question}>
      <h1 className={styles.heading} tabIndex={-1}>
        {t('selfCheck.start.heading')}
      </h1>
      <p className={styles.lead}>{t('selfCheck.start.lead')}</p>
      <p className={start.urgent}>{t('selfCheck.start.noWaiting')}</p>
      <ul className={start.claims}>
        <li>
          <IconCircleCheck aria-hidden />
          <span>{t('selfCheck.start.can')}</span>
        </li>
        <li>
          <IconCircleX aria-hidden />
          <span>{t('selfCheck.start.cannot')}</span>
        </li>
        <li>
          <IconLock aria-hidden />
          <span>{t('selfCheck.start.private')}</span>
        </li>
      </ul>
      <h2 className={start.ask}>{t('selfCheck.start.ask')}</h2>
      <div className={start.paths}>
        {paths.map((path) => (
          <button key={path} type="button" className={start.path} onClick={() => check.begin(path)}>
            <span>
              <strong>{t(`selfCheck.path.${path}.name`)}</strong>
              <Text span size="sm" c="dimmed" display="block">
                {path === 'lesion'
                  ? t('selfCheck.path.lesion.help', { questions: questions.length })
                  : t('selfCheck.path.acne.help')}
              </Text>
            </span>
            <IconChevronRight aria-hidden />
          </button>
        ))}
      </div>
    </section>
  );
}
