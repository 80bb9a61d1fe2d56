import { Button, Loader, UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Card } from '../../../core/card/card';
import { decidedFor } from '../../../core/decision/threshold';
import { type Square, sameSquare } from '../../../core/geometry';
import { answerOf } from '../../../runtime/run';
import { otherLesions } from '../model/lesion-verdicts';
import { lesionRunOf, lesionSquares, maxLesions, type WorkbenchPhoto } from '../model/workbench-photo';
import { useClinicServices, useWorkbench } from './context';
import findings from './findings.module.css';
import styles from './lesions.module.css';
import { SaidCells } from './SaidCells';
import { Section } from './Section';
import { VerdictCells } from './VerdictCells';

interface Props {
  photo: WorkbenchPhoto;
  card: Card;
}

/**
 * The answers for a photo's lesions side by side, numbered as on the photo; a press on one looks at it.
 * Nothing where there is only one.
 */
export function LesionTable({ photo, card }: Props) {
  const { t } = useTranslation();
  const { workbench } = useClinicServices();
  const analysis = answerOf(photo.runs[card.id]);
  const lesions = lesionSquares(photo, analysis);
  const now = photo.square ?? analysis?.square;
  if (lesions.length < 2 || !now) return null;
  const states = lesions.map(({ square }) => lesionRunOf(photo, card.id, square)?.state);
  const next = (lesions.findIndex(({ square }) => sameSquare(square, now)) + 1) % lesions.length;
  const open = states.some((state) => state === undefined || state === 'failed');
  return (
    <Section heading={t('viewer.lesions.heading')} meaning={t('viewer.lesions.meaning')}>
      <table className={`${findings.figures} ${styles.table}`} aria-label={t('viewer.lesions.heading')}>
        <thead>
          <tr>
            <th scope="col">{t('viewer.lesions.lesion')}</th>
            <th scope="col">{t('viewer.compare.verdict')}</th>
            <th scope="col">{t('verdict.list.heading')}</th>
          </tr>
        </thead>
        <tbody>
          {lesions.map(({ number, square }, index) => {
            const here = sameSquare(square, now);
            return (
              <tr key={number} data-here={here || undefined}>
                <th scope="row">
                  <UnstyledButton
                    className={styles.open}
                    aria-label={t('viewer.square.choose', { number })}
                    data-shortcut={index === next ? 'lesion' : undefined}
                    aria-current={here ? 'true' : undefined}
                    onClick={() => !here && workbench.override(photo.id, { square })}
                  >
                    <b>{number}</b>
                    <Crop photo={photo} square={square} size={analysis?.photo} />
                  </UnstyledButton>
                </th>
                <Answer photo={photo} card={card} square={square} number={number} />
              </tr>
            );
          })}
        </tbody>
      </table>
      {open && (
        <Button
          size="compact-md"
          variant="default"
          onClick={() => workbench.answerLesions(photo.id, card.id)}
        >
          {t('viewer.lesions.ask', { count: lesions.length })}
        </Button>
      )}
    </Section>
  );
}

function Answer({ photo, card, square, number }: Props & { square: Square; number: number }) {
  const { t } = useTranslation();
  const sensitivity = useWorkbench((state) => state.sensitivity);
  const run = lesionRunOf(photo, card.id, square);
  const analysis = answerOf(run);
  // Until there is an answer, what was said at another time stands.
  const said =
    photo.lesionsSaid.length > 0 && !analysis
      ? otherLesions(photo, card, sensitivity).find((other) => sameSquare(other.square, square))
      : undefined;
  if (said && (!run || run.state === 'failed')) return <SaidCells card={card} said={said} />;
  if (!run && number <= maxLesions) return <td colSpan={2}>{t('pane.agreement.notAsked')}</td>;
  if (!run) return <td colSpan={2}>{t('viewer.lesions.notAsked', { limit: maxLesions })}</td>;
  if (run.state === 'failed' && !analysis)
    return <td colSpan={2}>{t(`failure.${run.failure.code}.sentence`)}</td>;
  if (!analysis) {
    return (
      <td colSpan={2}>
        <Loader size={12} aria-hidden /> {t('viewer.queue.running')}
      </td>
    );
  }
  return <VerdictCells card={card} analysis={decidedFor(card, analysis, sensitivity)} />;
}

interface CropProps {
  photo: WorkbenchPhoto;
  square: Square;
  /** Of the photo, in pixels. */
  size: { width: number; height: number } | undefined;
}

/** What lies in the square, as large as a thumb's nail. */
function Crop({ photo: { url }, square: { left, top, side }, size }: CropProps) {
  if (url === null || !size) return null;
  const part = (value: number) => `${(-100 * value) / side}%`;
  return (
    <span className={styles.crop} aria-hidden>
      <img
        src={url}
        alt=""
        style={{ width: `${(100 * size.width) / side}%`, left: part(left), top: part(top) }}
      />
    </span>
  );
}
