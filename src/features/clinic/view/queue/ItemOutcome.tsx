import { Loader, RingProgress } from '@mantine/core';
import { IconAlertCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { countUnasked } from '../../../../core/report/other-lesions';
import { useLanguage } from '../../../../ui/context';
import { SiteMark } from '../../../../ui/site-calibration/SiteMark';
import { useBriefList } from '../../../../ui/use-brief-list';
import { useSaidDecision } from '../../../../ui/use-said-decision';
import { useVerdict } from '../../../../ui/use-verdict';
import { unaskedLesions, worseSaid, worstLesion } from '../../model/lesion-verdicts';
import { answerWaits } from '../../model/patient-context';
import type { QueueState } from '../../model/queue-state';
import type { TriageRow } from '../../model/triage-row';
import { usePatientContext, useWorkbench } from '../context';
import { useUnaskedBrief } from '../use-unasked-brief';
import styles from './queue.module.css';

interface Props {
  row: TriageRow;
  standing: QueueState;
}

/** How far a photo is, or in a word what came out. */
export function ItemOutcome({ row, standing }: Props) {
  const { t } = useTranslation();
  const waits = usePatientContext((state) => answerWaits(state, row.photo.id));
  if (standing.state === 'done' && waits) return <span>{t('caseBook.impression.hiddenShort')}</span>;
  if (standing.state === 'done') return <Answer row={row} />;
  return (
    <>
      <Progress standing={standing} brief={row.older} />
      {saysAnswer(row, standing) && <Answer row={row} />}
    </>
  );
}

function Progress({ standing, brief }: { standing: QueueState; brief: boolean }) {
  const { t } = useTranslation();
  switch (standing.state) {
    case 'opening':
    case 'waiting':
      return brief ? null : <span>{t(`viewer.queue.${standing.state}`)}</span>;
    case 'running':
      return (
        <>
          {standing.fraction === null ? (
            <Loader size={12} aria-hidden />
          ) : (
            <RingProgress
              size={16}
              thickness={3}
              sections={[{ value: 100 * standing.fraction, color: 'teal' }]}
              aria-hidden
            />
          )}
          {!brief && <span>{t('viewer.queue.running')}</span>}
        </>
      );
    case 'cancelled':
      return <span>{t('failure.cancelled.sentence')}</span>;
    case 'failed':
      return (
        <span className={styles.failed}>
          <IconAlertCircle size={14} aria-hidden />
          <span>{t(`failure.${standing.failure.code}.sentence`)}</span>
        </span>
      );
    default:
      return null;
  }
}

interface RowSaid {
  /** What leads, in a line, and how many lesions of the photo it says nothing of. */
  lead: string;
  /** What cannot be ruled out. */
  list: string;
}

/** Of several lesions it is what is said of the worst, or what was said of it at another time. */
function useRowSaid(): (row: TriageRow) => RowSaid | null {
  const { t } = useTranslation();
  const { read } = useLanguage();
  const sensitivity = useWorkbench((state) => state.sensitivity);
  const say = useVerdict();
  const decisionOf = useSaidDecision();
  const listOf = useBriefList();
  const unaskedOf = useUnaskedBrief();
  return ({ photo, card, older }) => {
    const worst = card && worstLesion(photo, card, sensitivity);
    if (!card || !worst) return null;
    const said = worseSaid(photo, card, { answer: worst, sensitivity });
    const { text } = say(card, worst.analysis);
    const { number, of } = said ?? worst;
    const unasked = unaskedOf(countUnasked(unaskedLesions(photo, card)));
    const parts = [
      said ? decisionOf(said) : text.cell,
      of > 1 && t('viewer.queue.lesion', { number, count: of }),
      older && `(${t('viewer.queue.older', { model: read(card.title) })})`,
    ];
    const lead = parts.filter(Boolean).join(' ');
    return { lead: unasked ? `${lead} · ${unasked}` : lead, list: said ? listOf(card, said) : text.brief };
  };
}

/** Flagged or not, and what cannot be ruled out. */
function Answer({ row }: { row: TriageRow }) {
  const said = useRowSaid()(row);
  if (!said) return null;
  return (
    <span>
      <span className={styles.line}>
        {said.lead} <SiteMark site={row.site} />
      </span>{' '}
      <span className={styles.line}>{said.list}</span>
    </span>
  );
}

/** What cannot be ruled out, under a tile's name: seen, since all that came out is heard already. */
export function TileList({ row, standing }: Props) {
  const said = useRowSaid()(row);
  const waits = usePatientContext((state) => answerWaits(state, row.photo.id));
  if (!said || waits || !saysAnswer(row, standing)) return null;
  return (
    <span className={styles.tileList} aria-hidden title={said.list}>
      {said.list}
    </span>
  );
}

/** The answer before stands: of another model until the new one is there, or of a run that came to nothing. */
const saysAnswer = ({ older }: TriageRow, { state }: QueueState) =>
  older || state === 'done' || state === 'cancelled' || state === 'failed';
