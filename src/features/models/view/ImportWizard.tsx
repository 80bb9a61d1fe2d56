import { Alert, Button, Group, Loader, Stack, Text, TextInput } from '@mantine/core';
import { IconAlertCircle } from '@tabler/icons-react';
import { type RefObject, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CardFit } from '../../../core/evaluation/card-fit';
import type { PackageFile } from '../../../engine/engine';
import { importInWorker, type WorkerImporter } from '../../../engine/import/import-in-worker';
import type { FoundModel, ImportFault } from '../../../engine/import/importer';
import { type AnswersDraft, answersOf, draftFor, missingIn, networkPart } from '../model/import-answers';
import { type ImportTrial, openImportTrial, type TrialTrouble } from '../model/import-trial';
import { useModelsServices } from './context';
import { ImportFinish } from './ImportFinish';
import { ImportFound } from './ImportFound';
import { ImportMeasure } from './ImportMeasure';
import { ImportQuestions } from './ImportQuestions';
import { ImportTrialPart } from './ImportTrialPart';
import { Fault, Trouble } from './ImportTrouble';

interface Props {
  /** Of what was dropped, for the model's name. */
  name: string;
  files: PackageFile[];
  onBack: () => void;
}

/** What was measured, and of which answers it holds. */
export interface MeasuredFit {
  fit: CardFit;
  of: string;
}

/**
 * From a model of another format to a package: what was found, what only its user can know, a trial, labelled
 * photos where there are some, and the package.
 */
export function ImportWizard({ name, files, onBack }: Props) {
  const { t } = useTranslation();
  const importer = useRef<WorkerImporter>(null);
  const [found, setFound] = useState<FoundModel | null>(null);
  const [fault, setFault] = useState<ImportFault | null>(null);
  const [size, setSize] = useState<number | undefined>(undefined);
  const [draft, setDraft] = useState<AnswersDraft | null>(null);

  const plain = draft?.plain;
  useEffect(() => {
    // A new worker for each reading: the one before may be at something that never ends.
    const worker = importInWorker();
    importer.current = worker;
    let gone = false;
    setFault(null);
    worker.read(files, { size, plain }).then((answer) => {
      if (gone) return;
      if (answer.ok) {
        setFound(answer.value);
        setDraft((before) => before ?? draftFor(answer.value, name));
      } else setFault(answer.fault);
    });
    return () => {
      gone = true;
      worker.end();
    };
  }, [files, name, size, plain]);

  if (fault?.kind === 'size') return <SizeQuestion onSize={setSize} onBack={onBack} />;
  if (fault)
    return (
      <Stack gap="md" align="flex-start">
        <Refused fault={fault} />
        <Button variant="default" onClick={onBack}>
          {t('importModel.back')}
        </Button>
      </Stack>
    );
  if (!found || !draft)
    return (
      <Group gap="sm" role="status">
        <Loader size="xs" aria-hidden />
        <Text size="sm">{t('importModel.reading')}</Text>
      </Group>
    );
  return <Read {...{ found, draft, importer, onBack }} onDraft={setDraft} />;
}

interface ReadProps {
  found: FoundModel;
  draft: AnswersDraft;
  importer: RefObject<WorkerImporter | null>;
  onDraft: (draft: AnswersDraft) => void;
  onBack: () => void;
}

/** Everything below the reading: a model whose graph is known. */
function Read({ found, draft, importer, onDraft, onBack }: ReadProps) {
  const { t } = useTranslation();
  const { openEngine } = useModelsServices();
  const [opening, setOpening] = useState(false);
  const [opened, setOpened] = useState<{ trial: ImportTrial; of: string } | null>(null);
  const [trouble, setTrouble] = useState<TrialTrouble | null>(null);
  const [measured, setMeasured] = useState<MeasuredFit | null>(null);
  const missing = missingIn(draft);
  const network = networkPart(draft);
  const trial = opened?.of === network ? opened.trial : null;
  const classes = JSON.stringify([network, draft.classes]);

  const current = useRef<ImportTrial | null>(null);
  useEffect(() => () => void current.current?.close(), []);

  /** The trial of these answers, opened where it is not; null where it fails. */
  const open = async (): Promise<ImportTrial | null> => {
    if (trial) return trial;
    setOpening(true);
    setTrouble(null);
    await current.current?.close();
    current.current = null;
    const worker = importer.current;
    const answer = worker && (await openImportTrial(worker, answersOf(draft), openEngine));
    setOpening(false);
    if (!answer) return null;
    if (!answer.ok) {
      setTrouble(answer.trouble);
      return null;
    }
    current.current = answer.trial;
    setOpened({ trial: answer.trial, of: network });
    return answer.trial;
  };

  return (
    <Stack gap="xl">
      <Text size="sm">{t('importModel.lead')}</Text>
      <ImportFound found={found} />
      <ImportQuestions found={found} draft={draft} onChange={onDraft} />
      {missing.length > 0 && (
        <Text size="sm" role="status">
          {t('importModel.ask.missing', {
            what: missing.map((name) => t(`importModel.ask.${name}`)).join('; '),
          })}
        </Text>
      )}
      <ImportTrialPart
        key={network}
        {...{ draft, trial, open, opening }}
        plain={found.answer.kind === 'plain'}
        disabled={missing.length > 0}
      />
      {trouble && <Trouble trouble={trouble} heading={t('importModel.trial.failed')} />}
      <ImportMeasure
        {...{ draft, open, importer }}
        disabled={missing.length > 0 || opening}
        measured={measured}
        isStale={measured !== null && measured.of !== classes}
        onMeasured={(fit) => setMeasured({ fit, of: classes })}
      />
      <ImportFinish
        {...{ draft, importer, open }}
        disabled={missing.length > 0 || opening}
        fit={measured?.of === classes ? measured.fit : null}
      />
      <Button variant="subtle" onClick={onBack} style={{ alignSelf: 'flex-start' }}>
        {t('importModel.back')}
      </Button>
    </Stack>
  );
}

function SizeQuestion({ onSize, onBack }: { onSize: (size: number) => void; onBack: () => void }) {
  const { t } = useTranslation();
  const [size, setSize] = useState('224');
  return (
    <Stack gap="sm" align="flex-start">
      <Text fw={600}>{t('importModel.size.heading')}</Text>
      <Text size="sm">{t('importModel.size.help')}</Text>
      <TextInput
        label={t('importModel.size.label')}
        value={size}
        onChange={(event) => setSize(event.currentTarget.value)}
        type="number"
        min={8}
        max={2048}
      />
      <Group gap="sm">
        <Button
          onClick={() => onSize(Number(size))}
          disabled={!(Number.isInteger(Number(size)) && Number(size) >= 8 && Number(size) <= 2048)}
        >
          {t('importModel.size.read')}
        </Button>
        <Button variant="default" onClick={onBack}>
          {t('importModel.back')}
        </Button>
      </Group>
    </Stack>
  );
}

function Refused({ fault }: { fault: ImportFault }) {
  const { t } = useTranslation();
  return (
    <Alert
      role="alert"
      variant="default"
      icon={<IconAlertCircle aria-hidden />}
      title={t('importModel.refused.heading')}
    >
      <Stack gap="xs">
        <Fault fault={fault} />
        <Text size="sm">{t('importModel.refused.remedy')}</Text>
      </Stack>
    </Alert>
  );
}
