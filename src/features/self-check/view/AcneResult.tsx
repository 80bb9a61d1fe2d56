import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { Card } from '../../../core/card/card';
import type { SiteCalibration } from '../../../core/decision/site-calibration';
import { useLanguage } from '../../../ui/context';
import { formatAlternatives } from '../../../ui/format';
import { findingOfRun } from '../model/photo-finding';
import type { SelfCheck } from '../model/self-check';
import abcde from './abcde.module.css';
import { Details } from './Details';
import { NotJudged } from './NotJudged';
import { SiteLine } from './OutcomePanel';
import { StartOver } from './StartOver';
import styles from './self-check.module.css';
import { useCard } from './use-card';

/** The type of acne in a close-up, what the types are, and what helps to know of them. */
export function AcneResult({ check }: { check: SelfCheck }) {
  const { t } = useTranslation();
  const { card, read } = useCard('acne');
  const { photo, run } = useStore(check.store);
  const { finding, analysis } = findingOfRun(run, card);
  const site = analysis?.siteCalibration ?? null;
  return (
    <div className={styles.result}>
      <div className={styles.column}>
        {finding.kind === 'judged' && card ? (
          <Answer remaining={finding.remaining} card={card} site={site} />
        ) : (
          <section className={styles.outcome} data-outcome="none">
            <h1 className={styles.heading} tabIndex={-1}>
              {t('acne.none')}
            </h1>
            <p className={styles.lead}>{t('acne.noneWhat')}</p>
            <SiteLine site={site} />
          </section>
        )}
        {finding.kind === 'not-judged' && <NotJudged check={check} why={finding.why} />}
        <Text fw={500}>{t('app.disclaimer')}</Text>
        {card && (
          <section className={styles.panel} aria-labelledby="types">
            <h2 id="types">{t('acne.types')}</h2>
            <dl className={abcde.types}>
              {card.classes.map(({ id, name, description }) => (
                <div key={id} data-found={finding.kind === 'judged' && finding.remaining.includes(id)}>
                  <dt>{read(name)}</dt>
                  <dd>{read(description)}</dd>
                </div>
              ))}
            </dl>
            <p>{t('acne.doctor')}</p>
          </section>
        )}
      </div>
      <div className={styles.column}>
        {photo && <img className={styles.taken} src={photo.url} alt={t('photo.alt', { name: photo.name })} />}
        {card && (
          <section className={styles.panel} aria-labelledby="limits">
            <h2 id="limits">{t('selfCheck.limits.heading')}</h2>
            <ul>
              {card.limits.map((limit) => (
                <li key={limit.en}>{read(limit)}</li>
              ))}
            </ul>
          </section>
        )}
        {analysis && card && <Details analysis={analysis} card={card} />}
        <StartOver check={check} />
      </div>
    </div>
  );
}

interface AnswerProps {
  remaining: readonly string[];
  card: Card;
  site: SiteCalibration | null;
}

function Answer({ remaining, card, site }: AnswerProps) {
  const { t } = useTranslation();
  const { language, read } = useLanguage();
  const found = remaining.flatMap((id) => card.classes.filter((cardClass) => cardClass.id === id));
  const names = formatAlternatives(
    found.map(({ name }) => read(name)),
    language,
  );
  return (
    <section className={styles.outcome} data-outcome="acne">
      <h1 className={styles.heading} tabIndex={-1}>
        {names}
      </h1>
      <p className={styles.lead}>{t(found.length === 1 ? 'acne.looksLike' : 'acne.oneOf')}</p>
      {found.map(({ id, name, description }) => (
        <p key={id}>
          {found.length > 1 && <strong>{read(name)}: </strong>}
          {read(description)}
        </p>
      ))}
      <SiteLine site={site} />
    </section>
  );
}
