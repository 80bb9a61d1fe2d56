import type { CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import type { Card } from '../../core/card/card';
import { formatDate } from '../../core/date-locale';
import { coarseAnswers } from '../../core/decision/verdict';
import type { Look, RoundScore, SampleLook, Takeaway } from '../../core/takeaway/takeaway';
import { useLanguage, usePackageCard, useRuntime } from '../context';
import { formatProbability } from '../format';
import { KindMark } from '../KindMark';
import { useBriefList } from '../use-brief-list';
import { headlineWords } from './headline-words';
import styles from './takeaway.module.css';
import { takenList } from './taken-list';

/**
 * What a visitor takes away, as the kiosk shows it beside the code and the page that the code opens. Names of models
 * and classes are those of the site's own cards.
 */
export function TakenVisit({ takeaway: { day, looks, round } }: { takeaway: Takeaway }) {
  const { t, i18n } = useTranslation();
  const listed = useRuntime(({ cards }) => cards.state !== 'pending');
  const date = formatDate(new Date(`${day}T12:00`), i18n.resolvedLanguage ?? i18n.language, {
    dateStyle: 'long',
  });
  return (
    <div className={styles.visit}>
      <p className={styles.note}>{t('takeaway.day', { day: date })}</p>
      {round && <Round round={round} />}
      {looks.length > 0 && (
        <section aria-busy={!listed}>
          <h2>{t('takeaway.looked')}</h2>
          <ul className={styles.looks}>
            {/* Names come with the list of models: short ones would be shown for a moment only. */}
            {listed && looks.map((look) => <LookedAt key={keyOf(look)} look={look} />)}
          </ul>
        </section>
      )}
    </div>
  );
}

const keyOf = (look: Look) => `${look.kind === 'camera' ? 'camera' : look.sample} ${look.model.id}`;

function Round({ round: { you, machine, of, drawn, site } }: { round: RoundScore }) {
  const { t } = useTranslation();
  return (
    <section>
      <h2>{t('takeaway.round')}</h2>
      <dl className={styles.score}>
        <div>
          <dt>{t('takeaway.you')}</dt>
          <dd>{t('takeaway.score', { right: you, of })}</dd>
        </div>
        {machine !== null && (
          <div>
            <dt>{t('takeaway.machine')}</dt>
            <dd>{t('takeaway.score', { right: machine, of })}</dd>
          </div>
        )}
      </dl>
      {machine === null && <p className={styles.note}>{t('takeaway.noScore')}</p>}
      {drawn && <p className={styles.note}>{t('takeaway.drawnRound')}</p>}
      <BySite day={site} />
    </section>
  );
}

/** That a calibration of the kiosk's site judged; nothing where the model's own did. */
function BySite({ day }: { day: string | undefined }) {
  const { t, i18n } = useTranslation();
  if (day === undefined) return null;
  const date = formatDate(new Date(`${day}T12:00`), i18n.resolvedLanguage ?? i18n.language);
  return <p className={styles.note}>{t('takeaway.site', { day: date })}</p>;
}

function LookedAt({ look }: { look: Look }) {
  const { t } = useTranslation();
  const { read } = useLanguage();
  const card = usePackageCard(look.model.id);
  const sample = look.kind === 'camera' ? null : look;
  const model = card ? read(card.title) : look.model.id;
  const listOf = useBriefList();
  const list = sample && takenList(sample);
  const noResult = sample?.headline === 'no-result' || sample?.headline === 'no-result-flagged';
  return (
    <li>
      <h3>
        {sample ? t('takeaway.sample', { number: sample.sample }) : t('takeaway.camera')}
        {look.kind === 'drawing' && <small> {t('takeaway.drawn')}</small>}
      </h3>
      {sample && <Headline look={sample} card={card} />}
      {list && <p>{listOf(card, list)}</p>}
      {sample && sample.probabilities.length > 0 && <Probabilities look={sample} card={card} />}
      {look.kind === 'camera' && <p>{t('takeaway.cameraNote')}</p>}
      {look.kind === 'drawing' && <p>{t('takeaway.drawingNote')}</p>}
      {look.kind === 'photo' && noResult && <p>{t('takeaway.noResultNote')}</p>}
      <p className={styles.note}>{t('takeaway.model', { model, version: look.model.version })}</p>
      <BySite day={look.model.site} />
      {!card && sample && sample.probabilities.length > 0 && (
        <p className={styles.note}>{t('takeaway.unknownModel')}</p>
      )}
    </li>
  );
}

function Headline({ look, card }: { look: SampleLook; card: Card | null }) {
  const { t } = useTranslation();
  const { language, read } = useLanguage();
  if (look.headline !== 'most-probable') return <strong>{headlineWords(t, look.headline)}</strong>;
  const top = topOf(look, card, read);
  if (!top) return <strong>{t('verdict.cell.no-threshold')}</strong>;
  const probability = formatProbability(top.probability, language);
  return <strong>{t('verdict.cell.most-probable', { name: top.name, probability })}</strong>;
}

/** As the kiosk says it, the classes of one thing taken together; null of a look without numbers. */
function topOf({ probabilities }: SampleLook, card: Card | null, read: (text: Card['title']) => string) {
  const [first] = probabilities;
  if (!first) return null;
  const share = (id: string) => (probabilities.find((each) => each.id === id)?.permille ?? 0) / 1000;
  const answers = card
    ? coarseAnswers(
        card,
        card.classes.map(({ id }) => share(id)),
      )
    : [];
  const [top] = answers.toSorted((a, b) => b.probability - a.probability);
  return top
    ? { name: read(top.name), probability: top.probability }
    : { name: first.id, probability: share(first.id) };
}

function Probabilities({ look, card }: { look: SampleLook; card: Card | null }) {
  const { t } = useTranslation();
  const { language, read } = useLanguage();
  return (
    <table className={styles.classes} aria-label={t('takeaway.probabilities')}>
      <tbody>
        {look.probabilities.map(({ id, permille }) => {
          const kind = card?.classes.find((each) => each.id === id)?.kind ?? 'benign';
          return (
            <tr key={id} style={{ '--share': permille / 1000 } as CSSProperties}>
              <th scope="row">
                {card ? nameOf(card, id, read) : id} {kind !== 'benign' && <KindMark kind={kind} />}
              </th>
              <td>{formatProbability(permille / 1000, language)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function nameOf(card: Card, id: string, read: (text: Card['title']) => string): string {
  const found = card.classes.find((each) => each.id === id);
  return found ? read(found.name) : id;
}
