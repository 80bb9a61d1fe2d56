import { Alert, Button, Group, Loader, Stack, Text, Title } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { type RefObject, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Card } from '../../../core/card/card';
import type { CardFit } from '../../../core/evaluation/card-fit';
import type { PackageFile } from '../../../engine/engine';
import type { WorkerImporter } from '../../../engine/import/import-in-worker';
import { useLanguage, useServices } from '../../../ui/context';
import { saveFile } from '../../../ui/save-file';
import { type AnswersDraft, answersOf } from '../model/import-answers';
import type { ImportTrial, TrialTrouble } from '../model/import-trial';
import { addAfterTrial } from '../model/trial';
import { useModelsServices } from './context';
import { Trouble } from './ImportTrouble';
import { addressOf } from './use-chosen-model';

interface Props {
  draft: AnswersDraft;
  importer: RefObject<WorkerImporter | null>;
  /** The trial, whose answer to the golden sample the card keeps. */
  open: () => Promise<ImportTrial | null>;
  disabled: boolean;
  fit: CardFit | null;
}

/** Writes the card and adds the package, or hands it over as a zip. */
export function ImportFinish({ draft, importer, open, disabled, fit }: Props) {
  const { t } = useTranslation();
  const { read } = useLanguage();
  const { runtime } = useServices();
  const { openEngine } = useModelsServices();
  const [working, setWorking] = useState(false);
  const [trouble, setTrouble] = useState<TrialTrouble | null>(null);
  const [added, setAdded] = useState<Card | null>(null);

  const make = async (use: (files: PackageFile[]) => Promise<void>) => {
    setWorking(true);
    setTrouble(null);
    setAdded(null);
    const trial = await open();
    const made = trial && (await importer.current?.make(answersOf(draft), trial.golden, fit));
    if (made?.ok) await use(made.value.files);
    else if (made) setTrouble({ fault: made.fault });
    setWorking(false);
  };
  const add = async (files: PackageFile[]) => {
    const result = await addAfterTrial(files, runtime, openEngine);
    if (!result.ok) return setTrouble({ failure: result.failure });
    setAdded(result.value);
    window.location.hash = addressOf(result.value.id);
  };
  const save = async (files: PackageFile[]) => {
    const { zipOf } = await import('../model/zip-of');
    const zip = await zipOf(draft.id, files);
    saveFile(`${draft.id}.zip`, zip, 'application/zip');
  };
  return (
    <section aria-labelledby="import-finish">
      <Title order={3} size="h5" id="import-finish">
        {t('importModel.finish.heading')}
      </Title>
      <Stack gap="sm" align="flex-start">
        <Text size="sm">{t(fit ? 'importModel.finish.calibrated' : 'importModel.finish.uncalibrated')}</Text>
        <Group gap="sm">
          <Button onClick={() => void make(add)} disabled={disabled || working}>
            {t('importModel.finish.add')}
          </Button>
          <Button variant="default" onClick={() => void make(save)} disabled={disabled || working}>
            {t('importModel.finish.save')}
          </Button>
        </Group>
        {working && (
          <Group gap="sm" role="status">
            <Loader size="xs" aria-hidden />
            <Text size="sm">{t('importModel.finish.adding')}</Text>
          </Group>
        )}
        {trouble && <Trouble trouble={trouble} heading={t('models.add.failed')} />}
        {added && (
          <Alert role="status" icon={<IconCircleCheck aria-hidden />} variant="default">
            {t('models.add.done', { name: read(added.title) })}
          </Alert>
        )}
      </Stack>
    </section>
  );
}
