import { Button, Menu } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { localDay } from '../../../core/day';
import type { EvaluationMeasured } from '../../../core/evaluation/measured';
import { useLanguage } from '../../../ui/context';
import { saveFile } from '../../../ui/save-file';
import { answersTable, evaluationJson } from '../model/export';
import { type EvaluationRun, packagesOf } from '../model/run';
import { useEvaluation } from './context';
import { reportPage } from './report-page';

interface Props {
  run: EvaluationRun;
  measured: EvaluationMeasured;
  /** Hands over the results as they stand on the page, those of every model. */
  readWhole: (read: (results: HTMLElement) => void) => Promise<void>;
  titleOf: (packageId: string) => string;
}

/** The results to take along. Plots have their own buttons, and are all in the report. */
export function ExportMenu({ run, measured, readWhole, titleOf }: Props) {
  const { t, i18n } = useTranslation();
  const { language } = useLanguage();
  const answers = useEvaluation((state) => state.answers);
  const name = `evaluation-${run.name || 'files'}-${localDay(new Date(run.createdAt))}`;
  const exported = { ...run, answers, measured };
  const disclaimer = {
    en: i18n.getFixedT('en')('app.disclaimer'),
    ko: i18n.getFixedT('ko')('app.disclaimer'),
  };
  const report = (results: HTMLElement) =>
    reportPage(results, {
      language,
      title: t('evaluate.reportTitle', {
        name: run.name || t('evaluate.looseFiles'),
        models: packagesOf(run).map(titleOf).join(', '),
      }),
      facts: [
        new Date(run.createdAt).toLocaleString(language, { dateStyle: 'long', timeStyle: 'short' }),
        ...Object.values(run.provenance).map(
          (model) =>
            `${model.packageId} ${model.packageVersion}, SHA-256 ${model.packageHash}, ${model.backend} (${model.adapter}), Lentigo ${model.appVersion}`,
        ),
      ],
      disclaimer: t('app.disclaimer'),
    });
  return (
    <Menu position="bottom-end" transitionProps={{ duration: 120 }}>
      <Menu.Target>
        <Button variant="default" leftSection={<IconDownload size={18} aria-hidden />}>
          {t('evaluate.export')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => saveFile(`${name}.csv`, answersTable(exported, disclaimer), 'text/csv')}>
          {t('evaluate.asCsv')}
        </Menu.Item>
        <Menu.Item
          onClick={() => saveFile(`${name}.json`, evaluationJson(exported, disclaimer), 'application/json')}
        >
          {t('evaluate.asJson')}
        </Menu.Item>
        <Menu.Item
          onClick={() => void readWhole((results) => saveFile(`${name}.html`, report(results), 'text/html'))}
        >
          {t('evaluate.asHtml')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
