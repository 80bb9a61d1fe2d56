import { Button, Loader, VisuallyHidden } from '@mantine/core';
import {
  IconAlertCircle,
  IconChartBar,
  IconFlagFilled,
  IconFlagOff,
  IconHelpHexagon,
} from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Card } from '../../../../core/card/card';
import { saidFlag } from '../../../../core/decision/flag';
import { useLanguage } from '../../../../ui/context';
import { SiteMark } from '../../../../ui/site-calibration/SiteMark';
import { useVerdictText } from '../../../../ui/use-verdict';
import type { AgreementCell, AgreementRow } from '../../model/agreement';
import { Thumbnail } from '../queue/Thumbnail';
import { useUnaskedBrief } from '../use-unasked-brief';
import styles from './agreement.module.css';

/** Rows before "all": those on which the models part come first. */
const few = 60;

interface Props {
  rows: readonly AgreementRow[];
  /** One column each. */
  cards: readonly Card[];
  onShow: (photoId: string) => void;
}

/** Photos in rows, models in columns: what each says of each in a line. A row opens its photo. */
export function AgreementTable({ rows, cards, onShow }: Props) {
  const { t } = useTranslation();
  const { read } = useLanguage();
  const [all, setAll] = useState(false);
  return (
    <>
      <div className={styles.scroller}>
        <table className={styles.grid} aria-label={t('pane.agreement.open')}>
          <thead>
            <tr>
              <th scope="col">{t('photo.region')}</th>
              {cards.map(({ id, title }) => (
                <th key={id} scope="col">
                  {read(title)}
                </th>
              ))}
              <th scope="col">{t('pane.agreement.partsOn')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, all ? undefined : few).map((row) => (
              <Row key={row.photo.id} row={row} cards={cards} onShow={onShow} />
            ))}
          </tbody>
        </table>
      </div>
      {rows.length > few && !all && (
        <Button size="compact-sm" variant="subtle" onClick={() => setAll(true)}>
          {t('viewer.whatIf.all', { count: rows.length })}
        </Button>
      )}
    </>
  );
}

function Row({ row, cards, onShow }: { row: AgreementRow } & Pick<Props, 'cards' | 'onShow'>) {
  const { t } = useTranslation();
  const { photo, cells, waits, parting } = row;
  return (
    <tr data-parting={parting || undefined}>
      <th scope="row">
        <button type="button" className={styles.photo} onClick={() => onShow(photo.id)}>
          <Thumbnail photo={photo} />
          <span>{photo.name}</span>
        </button>
      </th>
      {waits ? (
        <td colSpan={cards.length}>{t('caseBook.impression.hiddenShort')}</td>
      ) : (
        cards.map((card, index) => <Cell key={card.id} card={card} cell={cells[index]} />)
      )}
      <td>{!waits && <PartsOn row={row} />}</td>
    </tr>
  );
}

function Cell({ card, cell }: { card: Card; cell: AgreementCell | undefined }) {
  const { t } = useTranslation();
  switch (cell?.state) {
    case 'answered':
      return <Answer card={card} cell={cell} />;
    case 'running':
      return (
        <td>
          <Loader size={12} aria-hidden /> {t('viewer.queue.running')}
        </td>
      );
    case 'failed':
      return (
        <td>
          <IconAlertCircle size={15} aria-hidden /> {t('answer.failedHeading')}
        </td>
      );
    default:
      return (
        <td>
          <span aria-hidden>–</span>
          <VisuallyHidden>{t('pane.agreement.notAsked')}</VisuallyHidden>
        </td>
      );
  }
}

/**
 * The answer in a line, in the words of the queue: a flag leads, and no benign class stands in its place. A flag of
 * another lesion in the photo is said too, and how many lesions the model has no answer for.
 */
function Answer({ card, cell }: { card: Card; cell: Extract<AgreementCell, { state: 'answered' }> }) {
  const { t } = useTranslation();
  const { verdict, otherFlagged } = cell;
  const unasked = useUnaskedBrief()(cell.unasked);
  const text = useVerdictText()(card, verdict);
  const { flag, noResult, site } = verdict;
  const decided = saidFlag(flag, noResult === null);
  const Flag = decided?.flagged ? IconFlagFilled : IconFlagOff;
  const Icon = decided ? Flag : noResult ? IconHelpHexagon : IconChartBar;
  return (
    <td data-flagged={flag?.flagged || otherFlagged || undefined}>
      <span className={styles.said}>
        <Icon size={15} aria-hidden />
        <span>
          {text.cell}. {text.brief}
          {unasked && `. ${unasked}`}
          {otherFlagged && `. ${t('report.answer.otherLesions.flagged.one')}`}
        </span>
        <SiteMark site={site} />
      </span>
    </td>
  );
}

/** What they part on, and how far their sums lie apart. */
function PartsOn({ row: { disagreement, answered } }: { row: AgreementRow }) {
  const { t } = useTranslation();
  if (answered < 2) return <span aria-hidden>–</span>;
  const { flag, malignancy, confidence, spread } = disagreement;
  return [
    flag && t('pane.agreement.on.flag'),
    malignancy && t('pane.agreement.on.malignancy'),
    confidence && t('pane.agreement.on.confidence'),
    spread !== null && t('pane.agreement.on.points', { count: Math.round(100 * spread) }),
  ]
    .filter(Boolean)
    .join(' · ');
}
