import { Button, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { type RefObject, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CardFit } from '../../../core/evaluation/card-fit';
import { labelledPhotos, rulesOfClasses } from '../../../core/evaluation/labelled-folder';
import { idsOf } from '../../../engine/import/class-ids';
import type { WorkerImporter } from '../../../engine/import/import-in-worker';
import { type Language, useLanguage } from '../../../ui/context';
import { formatFixed, formatProbability, formatShare, formatWantedShare } from '../../../ui/format';
import { CoverageWarning } from '../../../ui/site-calibration/CoverageWarning';
import { useFolderInput } from '../../../ui/use-folder-input';
import type { AnswersDraft } from '../model/import-answers';
import type { ImportTrial } from '../model/import-trial';
import { answerAll, pathOf } from '../model/labelled-folder';
import styles from './models.module.css';

interface Props {
  draft: AnswersDraft;
  open: () => Promise<ImportTrial | null>;
  importer: RefObject<WorkerImporter | null>;
  disabled: boolean;
  measured: { fit: CardFit } | null;
  /** The answers were changed after it was measured. */
  isStale: boolean;
  onMeasured: (fit: CardFit) => void;
}

/** A folder of labelled photos: temperature, prediction sets, threshold and measures of the card. */
export function ImportMeasure({ draft, open, importer, disabled, measured, isStale, onMeasured }: Props) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const [target, setTarget] = useState('90');
  const [progress, setProgress] = useState<{ done: number; all: number } | null>(null);
  const [notes, setNotes] = useState<readonly string[]>([]);
  const stop = useRef<AbortController | null>(null);

  const measure = async (files: File[]) => {
    const { names, classes, positive } = rulesOf(draft);
    const { photos, unmatched } = labelledPhotos(
      files.map((file) => ({ file, path: pathOf(file) })),
      names,
    );
    const said: string[] = [];
    if (unmatched.length > 0)
      said.push(t('importModel.measure.unmatched', { names: unmatched.slice(0, 20).join(', ') }));
    if (photos.length === 0) {
      said.push(t('importModel.measure.none', { names: names.map(([name = '']) => name).join(', ') }));
      setNotes(said);
      return;
    }
    setNotes(said);
    setProgress({ done: 0, all: photos.length });
    const controller = new AbortController();
    stop.current = controller;
    try {
      const trial = await open();
      if (!trial || !importer.current) return;
      const onProgress = (done: number) => setProgress({ done, all: photos.length });
      const { sample, unread } = await answerAll(trial, photos, onProgress, controller.signal);
      if (unread > 0) said.push(t('importModel.measure.unread', { count: unread }));
      const request = { classes, positive, targetSensitivity: Number(target) / 100 };
      const fitted = await importer.current.fit(request, sample);
      if (fitted.ok) onMeasured(fitted.value);
      else said.push(t('importModel.measure.few', { ...fitted.failure.detail }));
      setNotes([...said]);
    } catch (error) {
      if (!controller.signal.aborted) throw error;
    } finally {
      setProgress(null);
    }
  };
  const folder = useFolderInput((files) => void measure(files), t('importModel.measure.choose'));
  const number = (value: number | undefined) => (value === undefined ? '–' : formatFixed(value, language, 3));
  const fit = measured && !isStale ? measured.fit : null;
  return (
    <section aria-labelledby="import-measure">
      <Title order={3} size="h5" id="import-measure">
        {t('importModel.measure.heading')}
      </Title>
      <Stack gap="sm" align="flex-start">
        <Text size="sm">{t('importModel.measure.help')}</Text>
        <TextInput
          label={t('importModel.measure.target')}
          value={target}
          onChange={(event) => setTarget(event.currentTarget.value)}
          type="number"
          min={50}
          max={99}
        />
        <Group gap="sm">
          <Button
            variant="default"
            disabled={disabled || progress !== null || !(Number(target) >= 50 && Number(target) <= 99)}
            onClick={folder.choose}
          >
            {t('importModel.measure.choose')}
          </Button>
          {folder.input}
          {progress && (
            <Button variant="subtle" onClick={() => stop.current?.abort()}>
              {t('importModel.measure.stop')}
            </Button>
          )}
        </Group>
        {progress && (
          <div role="status" className={styles.measuring}>
            <Text size="sm">{t('importModel.measure.progress', progress)}</Text>
            <progress className={styles.measuring} value={progress.done} max={progress.all} aria-hidden />
          </div>
        )}
        {notes.map((note) => (
          <Text key={note} size="sm">
            {note}
          </Text>
        ))}
        {isStale && <Text size="sm">{t('importModel.measure.stale')}</Text>}
        {fit && (
          <CoverageWarning conformal={fit.calibration.conformal} classes={namedClasses(draft, language)} />
        )}
        {fit && (
          <Text size="sm" role="status">
            {t('importModel.measure.done', {
              count: fit.results.count,
              auc: number(fit.results.metrics.auc?.value),
              balanced: number(fit.results.metrics.balancedAccuracy?.value),
            })}{' '}
            {fit.decision &&
              t('importModel.measure.threshold', {
                threshold: formatProbability(fit.decision.threshold, language),
                sensitivity: formatShare(fit.decision.sensitivity, language),
                specificity: formatShare(fit.decision.specificity, language),
              })}{' '}
            {fit.ood
              ? t('importModel.measure.unusual', {
                  acceptance: formatWantedShare(fit.ood.acceptance, language),
                  passed: formatShare(fit.ood.testAcceptance, language),
                  count: fit.ood.testCount,
                })
              : t('importModel.measure.noUnusual')}
          </Text>
        )}
      </Stack>
    </section>
  );
}

const rulesOf = ({ classes }: AnswersDraft) =>
  rulesOfClasses(
    classes.map(({ name, korean, kind }) => ({ name: { en: name, ko: korean }, kind })),
    idsOf(classes.map(({ name }) => name)),
  );

/** The classes by the names that the draft gives them. */
const namedClasses = (draft: AnswersDraft, language: Language) =>
  rulesOf(draft).classes.map((each, index) => {
    const { name = '', korean = '' } = draft.classes[index] ?? {};
    return { ...each, name: (language === 'ko' && korean) || name };
  });
