import { useTranslation } from 'react-i18next';
import { intendedUse } from './intended-use';
import styles from './intended-use.module.css';

/** Who it is for, what for and what not, its limits, how it fails and how it was tested. */
export function IntendedUse() {
  const { t, i18n } = useTranslation();
  return (
    <div className={styles.scroll}>
      <article className={styles.page}>
        <h1>{t('intendedUse.heading')}</h1>
        <p className={styles.lead}>{t('intendedUse.lead')}</p>
        {Object.entries(intendedUse).map(([section, points]) => (
          <section key={section}>
            <h2>{t(`intendedUse.${section as keyof typeof intendedUse}.heading`)}</h2>
            <ul>
              {points.map((point) => (
                <li key={point}>{i18n.t(`intendedUse.${section}.${point}` as 'intendedUse.who.people')}</li>
              ))}
            </ul>
          </section>
        ))}
        <p>
          {t('intendedUse.figures')} <a href="#/models">{t('page.models')}</a>
        </p>
      </article>
    </div>
  );
}
