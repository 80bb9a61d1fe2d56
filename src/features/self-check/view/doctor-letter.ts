import type { i18n as I18n } from 'i18next';
import type { Analysis } from '../../../core/analysis';
import type { Card } from '../../../core/card/card';
import { classNameOf } from '../../../core/card/class-name';
import { formatDate } from '../../../core/date-locale';
import { verdictOf } from '../../../core/decision/verdict';
import type { Result } from '../../../core/failure';
import { EngineError } from '../../../engine/engine-error';
import { drawOnWhite } from '../../../engine/input/on-white';
import { openBitmap } from '../../../engine/input/open-bitmap';
import { verdictText } from '../../../report/verdict-text';
import type { VerdictWords } from '../../../report/words';
import { formatProbability } from '../../../ui/format';
import { leavingDisclaimer } from '../../../ui/intended-use';
import {
  outcomeWords,
  type PhotoFinding,
  type SelfCheckAnswers,
  type SelfCheckResult,
  symptoms,
  type YesNo,
} from '../model/outcome';
import { reasonText } from './reason-text';
import { verdictLines } from './verdict-lines';

export interface LetterSource {
  answers: SelfCheckAnswers;
  result: SelfCheckResult;
  finding: PhotoFinding;
  analysis: Analysis | null;
  card: Card | null;
  image: Blob | null;
  language: 'en' | 'ko';
  now: Date;
  i18n: I18n;
  /** What a package is called in that language. */
  titleOf: (packageId: string) => string;
}

/** Longest side of the photo on the page, in pixels: sharp in print, and small enough to send by mail. */
const photoSide = 1600;

/**
 * The page for the doctor, as a PDF: what was seen, asked and answered, and what the model said, with its
 * name.
 */
export async function doctorLetter(source: LetterSource): Promise<Result<Uint8Array<ArrayBuffer>>> {
  const { answers, result, analysis, card, language, now, i18n } = source;
  const [{ pdfLetter }, { loadKoreanFont }] = await Promise.all([
    import('../../../report/letter'),
    import('../../../report/korean-font'),
  ]);
  const koreanFont = await loadKoreanFont();
  if (!koreanFont.ok) return koreanFont;
  const t = i18n.getFixedT(language);
  const disclaimerIn = (lng: 'en' | 'ko') => {
    const t = i18n.getFixedT(lng);
    return leavingDisclaimer(t, t('app.disclaimer'));
  };
  const outcome = outcomeWords(result, source.finding);
  const model = analysis && card ? modelRows(analysis, card, language) : [];
  return pdfLetter({
    title: t('selfCheck.letter.title'),
    subtitle: t('selfCheck.letter.subtitle', {
      date: formatDate(now, language, { dateStyle: 'long' }),
    }),
    createdAt: now.toISOString(),
    pictures: source.image
      ? [{ bytes: await uprightJpeg(source.image), caption: t('selfCheck.letter.photo') }]
      : [],
    sections: [
      { heading: t('selfCheck.letter.answers'), sentences: [], rows: answerRows(source) },
      {
        heading: t('selfCheck.letter.outcome'),
        sentences: [
          t(`selfCheck.outcome.${outcome}.heading`),
          ...result.reasons.map((reason) => `– ${reasonText(reason, answers, { t, language })}`),
        ],
        rows: [],
      },
      {
        heading: t('selfCheck.letter.model'),
        sentences:
          card && analysis
            ? [
                ...verdictIn(analysis, card, source),
                t('selfCheck.letter.modelLead', {
                  model: `${card.title[language]} ${card.version} (${card.id})`,
                }),
              ]
            : [],
        rows: model,
      },
    ],
    pageNumber: i18n.getResource(language, 'translation', 'report.page') as string,
    language,
    disclaimer: { en: disclaimerIn('en'), ko: disclaimerIn('ko') },
    koreanFont: koreanFont.value,
  });
}

/**
 * What the person answered, and what they left open: that stays "Not said", and "don't know" is an answer. It is the only
 * way past the question of the place without one.
 */
export function answerRows({
  answers,
  card,
  language,
  i18n,
}: Pick<LetterSource, 'answers' | 'card' | 'language' | 'i18n'>): { label: string; value: string }[] {
  const t = i18n.getFixedT(language);
  const yesNo = (answer: YesNo) => t(answer === null ? 'selfCheck.unknown' : `selfCheck.${answer}`);
  const notSaid = t('selfCheck.about.sexUnknown');
  return [
    { label: t('selfCheck.about.age'), value: answers.age === null ? notSaid : String(answers.age) },
    { label: t('selfCheck.about.sex'), value: answers.sex ? t(`selfCheck.about.${answers.sex}`) : notSaid },
    {
      label: t('selfCheck.letter.place'),
      value: answers.place ? t(`report.site.${answers.place}`) : t('selfCheck.unknown'),
    },
    {
      label: t('selfCheck.letter.special'),
      value: answers.special ? t(`selfCheck.special.${answers.special}`) : t('selfCheck.unknown'),
    },
    ...symptoms.map((symptom) => ({
      label:
        card?.metadata?.fields.find(({ id }) => id === symptom)?.name[language] ??
        t(`selfCheck.symptom.${symptom}.question`),
      value: yesNo(answers.symptoms[symptom]),
    })),
  ];
}

/** The same sentences as on the screen: that a photo is unusual, else flagged or not, leads. */
export function verdictIn(
  analysis: Analysis,
  card: Card,
  { language, i18n, titleOf }: Pick<LetterSource, 'language' | 'i18n' | 'titleOf'>,
): string[] {
  const words = i18n.getResource(language, 'translation', 'verdict') as VerdictWords;
  const writing = { words, language, minDigits: 0, titleOf };
  const text = verdictText(card, verdictOf(card, analysis), writing);
  return verdictLines(text, analysis, i18n.getFixedT(language)('selfCheck.details.unusual'));
}

function modelRows({ probabilities }: Analysis, card: Card, language: 'en' | 'ko') {
  return [...probabilities]
    .sort((first, other) => other.calibrated - first.calibrated)
    .map(({ id, calibrated }) => ({
      label: classNameOf(card, id, language),
      value: formatProbability(calibrated, language),
    }));
}

/** The photo drawn again: upright, without metadata, and not larger than needed. */
async function uprightJpeg(image: Blob): Promise<Uint8Array> {
  const bitmap = await openBitmap(image, { imageOrientation: 'from-image' });
  const scale = Math.min(1, photoSide / Math.max(bitmap.width, bitmap.height));
  const canvas = new OffscreenCanvas(Math.round(bitmap.width * scale), Math.round(bitmap.height * scale));
  const context = canvas.getContext('2d');
  // A letter with an empty picture is none.
  if (!context) throw new EngineError('out-of-memory');
  context.imageSmoothingQuality = 'high';
  drawOnWhite(context, bitmap, canvas);
  bitmap.close();
  const jpeg = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.9 });
  return new Uint8Array(await jpeg.arrayBuffer());
}
