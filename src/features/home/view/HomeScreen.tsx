import { IconChevronRight, IconDeviceMobile, IconPresentation, IconStethoscope } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import styles from './home.module.css';

const doors = [
  { id: 'clinic', path: 'clinic', Icon: IconStethoscope },
  { id: 'selfCheck', path: 'self-check', Icon: IconDeviceMobile },
  { id: 'kiosk', path: 'kiosk', Icon: IconPresentation },
] as const;

const links = ['cases', 'evaluate', 'models', 'benchmark', 'quiz'] as const;
const facts = ['is', 'isNot', 'private'] as const;

/** Three doors, one a kind of visitor, and what lies behind them. */
export function HomeScreen() {
  const { t } = useTranslation();
  return (
    <div className={styles.scroll}>
      <div className={styles.home}>
        <header className={styles.head}>
          <h1>{t('home.heading')}</h1>
          <p>{t('home.lead')}</p>
        </header>
        <ul className={styles.doors}>
          {doors.map(({ id, path, Icon }) => (
            <li key={id}>
              <a className={styles.door} href={`#/${path}`}>
                <Icon size={36} stroke={1.4} aria-hidden />
                <span className={styles.name}>
                  {t(`home.doors.${id}.name`)}
                  <IconChevronRight size={22} aria-hidden />
                </span>
                <span className={styles.what}>{t(`home.doors.${id}.what`)}</span>
              </a>
            </li>
          ))}
        </ul>
        <div className={styles.facts}>
          {facts.map((fact) => (
            <section key={fact}>
              <h2>{t(`home.${fact}.heading`)}</h2>
              <p>{t(`home.${fact}.text`)}</p>
            </section>
          ))}
        </div>
        <nav className={styles.more} aria-label={t('home.more')}>
          <h2>{t('home.more')}</h2>
          <ul>
            {links.map((path) => (
              <li key={path}>
                <a href={`#/${path}`}>{t(`page.${path}`)}</a>
                <span>{t(`home.links.${path}`)}</span>
              </li>
            ))}
          </ul>
        </nav>
      </div>
    </div>
  );
}
