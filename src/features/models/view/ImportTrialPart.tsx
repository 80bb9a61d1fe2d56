import { Alert, Button, FileButton, Group, Loader, Stack, Text, Title } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Analysis } from '../../../core/analysis';
import type { Result } from '../../../core/failure';
import { photoTypes } from '../../../ui/dropped-files';
import { FailureNotice } from '../../../ui/FailureNotice';
import { ProbabilityBars } from '../../../ui/ProbabilityBars';
import type { AnswersDraft } from '../model/import-answers';
import { type ImportTrial, lookLikeProbabilities } from '../model/import-trial';
import styles from './models.module.css';

interface Props {
  draft: AnswersDraft;
  trial: ImportTrial | null;
  open: () => Promise<ImportTrial | null>;
  opening: boolean;
  disabled: boolean;
  /** Whether the model's numbers may be logits or probabilities. */
  plain: boolean;
}

interface Tried {
  name: string;
  url: string;
  answer: Result<Analysis>;
}

/** More photos are a measurement, which has a part of its own. */
const mostPhotos = 6;

/** The model's answers to a few photos, before it is added. */
export function ImportTrialPart({ draft, trial, open, opening, disabled, plain }: Props) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  const [tried, setTried] = useState<readonly Tried[]>([]);
  useEffect(() => () => tried.forEach(({ url }) => void URL.revokeObjectURL(url)), [tried]);

  const ask = async (photos: File[]) => {
    setAsking(true);
    const running = await open();
    const answers: Tried[] = [];
    for (const photo of running ? photos.slice(0, mostPhotos) : [])
      answers.push({
        name: photo.name,
        url: URL.createObjectURL(photo),
        answer: await (running as ImportTrial).analyse(photo),
      });
    setTried(answers);
    setAsking(false);
  };
  return (
    <section aria-labelledby="import-trial">
      <Title order={3} size="h5" id="import-trial">
        {t('importModel.trial.heading')}
      </Title>
      <Stack gap="sm" align="flex-start">
        <Text size="sm">{t('importModel.trial.help')}</Text>
        <FileButton onChange={(photos) => void ask(photos)} multiple accept={photoTypes}>
          {(props) => (
            <Button {...props} variant="default" disabled={disabled || opening || asking}>
              {t('importModel.trial.choose')}
            </Button>
          )}
        </FileButton>
        {(opening || asking) && (
          <Group gap="sm" role="status">
            <Loader size="xs" aria-hidden />
            <Text size="sm">{t('importModel.trial.running')}</Text>
          </Group>
        )}
        {trial && !opening && (
          <Text size="sm" role="status">
            {t('importModel.trial.ran', { backend: t(`backend.${trial.backend}`) })}
          </Text>
        )}
        {trial && plain && draft.plain === 'logits' && lookLikeProbabilities(trial.golden) && (
          <Alert variant="default" role="alert">
            {t('importModel.trial.probabilities')}
          </Alert>
        )}
        {tried.map(({ name, url, answer }) => (
          <div key={url} className={styles.tried}>
            <img src={url} alt={name} className={styles.triedPhoto} />
            {answer.ok ? (
              <section aria-label={t('importModel.trial.of', { name })} className={styles.triedAnswer}>
                <Text size="sm" c="dimmed">
                  {name}
                </Text>
                <ProbabilityBars items={named(draft, answer.value)} />
              </section>
            ) : (
              <FailureNotice failure={answer.failure} heading={name} />
            )}
          </div>
        ))}
      </Stack>
    </section>
  );
}

/** The most probable ones, by the names of the draft. */
const named = ({ classes }: AnswersDraft, { probabilities }: Analysis) =>
  probabilities
    .map(({ id, calibrated }, index) => ({
      id,
      name: classes[index]?.name ?? id,
      kind: classes[index]?.kind ?? ('benign' as const),
      probability: calibrated,
    }))
    .sort((a, b) => b.probability - a.probability)
    .slice(0, 5);
