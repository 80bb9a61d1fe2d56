import { Button, Menu } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDate } from '../../../core/date-locale';
import { localDay } from '../../../core/day';
import type { EvaluationMeasured } from '../../../core/evaluation/measured';
import type { Failure } from '../../../core/failure';
import type { Steps } from '../../../core/steps';
import { useLanguage } from '../../../ui/context';
import { FailureNotice } from '../../../ui/FailureNotice';
import { leavingDisclaimer } from '../../../ui/intended-use';
import { saveFile } from '../../../ui/save-file';
import { answersTable, evaluationJson } from '../model/export';
import { inSlices } from '../model/in-slices';
import { type EvaluationRun, packagesOf } from '../model/run';
import { useEvaluateServices, useEvaluation } from './context';
import { Dialog } from './Dialog';
import { blocksOf } from './report-blocks';
import { reportPage } from './report-page';
import { saveReportPdf } from './report-pdf';
import { SaveResults } from './SaveResults';
import type { Series } from './series';

interface Props {
  run: EvaluationRun;
  measured: EvaluationMeasured;
  /** The models with figures, as they may be handed on. */
  own: readonly Series[];
  /** Hands over the results as they stand on the page, those of every model. */
  readWhole: (read: (results: HTMLElement) => void | Promise<void>) => Promise<void>;
  titleOf: (packageId: string) => string;
}

/** The results to take along. Plots have their own buttons, and are all in the report. */
export function ExportMenu({ run, measured, own, readWhole, titleOf }: Props) {
  const { t, i18n } = useTranslation();
  const { language } = useLanguage();
  const { evaluation } = useEvaluateServices();
  const answers = useEvaluation((state) => state.answers);
  const [sharing, setSharing] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState<Failure | null>(null);
  const name = `evaluation-${run.name || 'files'}-${localDay(new Date(run.createdAt))}`;
  const exported = { ...run, answers, measured };
  const disclaimer = {
    en: i18n.getFixedT('en')('app.disclaimer'),
    ko: i18n.getFixedT('ko')('app.disclaimer'),
  };
  const head = {
    language,
    title: t('evaluate.reportTitle', {
      name: run.name || t('evaluate.looseFiles'),
      models: packagesOf(run).map(titleOf).join(', '),
    }),
    facts: [
      formatDate(run.createdAt, language, { dateStyle: 'long', timeStyle: 'short' }),
      ...Object.values(run.provenance).map(
        (model) =>
          `${model.packageId} ${model.packageVersion}, SHA-256 ${model.packageHash}, ${model.backend} (${model.adapter}), Lentigo ${model.appVersion}`,
      ),
    ],
  };
  // With the places for both numbers left open.
  const pageWords = t('evaluate.reportPage', { page: '{{page}}', pages: '{{pages}}' });
  const saveHtml = () =>
    readWhole((results) =>
      saveFile(
        `${name}.html`,
        reportPage(blocksOf(results), head, leavingDisclaimer(t, t('app.disclaimer'))),
        'text/html',
      ),
    );
  const savePart = async () => {
    const part = run.part?.shard;
    const file = await evaluation.partFile(disclaimer);
    saveFile(`${name}-part-${part?.index}-of-${part?.count}.json`, file);
  };
  const saveInSlices = async (ending: string, type: string, content: Steps<string[]>) =>
    saveFile(`${name}.${ending}`, new Blob(await inSlices(content), { type }));
  /** Hundreds of thousands of rows take seconds, of which the button tells. */
  const busyWith = async (work: Promise<void>) => {
    setBusy(true);
    await work.finally(() => setBusy(false));
  };
  const savePdf = () =>
    readWhole(async (results) => {
      const leaving = (lng: 'en' | 'ko') => leavingDisclaimer(i18n.getFixedT(lng), disclaimer[lng]);
      const feet = { en: leaving('en'), ko: leaving('ko') };
      const about = { head, disclaimer: feet, createdAt: run.createdAt, pageWords };
      setFailed(await saveReportPdf(`${name}.pdf`, results, about));
    });
  return (
    <>
      <Menu position="bottom-end" transitionProps={{ duration: 120 }}>
        <Menu.Target>
          <Button variant="default" loading={busy} leftSection={<IconDownload size={18} aria-hidden />}>
            {t('evaluate.export')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => void savePdf()}>{t('evaluate.asPdf')}</Menu.Item>
          <Menu.Item onClick={() => void saveHtml()}>{t('evaluate.asHtml')}</Menu.Item>
          {own.length > 0 && (
            <Menu.Item onClick={() => setSharing(true)}>{t('evaluate.asResults')}</Menu.Item>
          )}
          <Menu.Item
            onClick={() => void busyWith(saveInSlices('csv', 'text/csv', answersTable(exported, disclaimer)))}
          >
            {t('evaluate.asCsv')}
          </Menu.Item>
          <Menu.Item
            onClick={() =>
              void busyWith(saveInSlices('json', 'application/json', evaluationJson(exported, disclaimer)))
            }
          >
            {t('evaluate.asJson')}
          </Menu.Item>
          {run.part && (
            <Menu.Item onClick={() => void busyWith(savePart())}>{t('evaluate.parts.save')}</Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {sharing && (
        <SaveResults
          own={own}
          createdAt={run.createdAt}
          disclaimer={disclaimer}
          onClose={() => setSharing(false)}
        />
      )}
      {failed && (
        <Dialog title={t('evaluate.reportFailed')} onClose={() => setFailed(null)}>
          <FailureNotice failure={failed} heading={t('evaluate.reportFailed')} />
        </Dialog>
      )}
    </>
  );
}
