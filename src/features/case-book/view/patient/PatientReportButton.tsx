import { Button, Menu } from '@mantine/core';
import { IconFileTypePdf } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ageOn, type Patient } from '../../../../records/record';
import type { ReportRow } from '../../../../report/content';
import { pdfOf, stem } from '../../../../report/exports';
import { cleared } from '../../../../report/may-leave';
import type { LesionRow } from '../../../../report/pdf-patient';
import { siteText } from '../../../../report/verdict-text';
import { fill, type PatientReportWords } from '../../../../report/words';
import { useLanguage } from '../../../../ui/context';
import { useExportWords } from '../../../../ui/export/use-export-words';
import { useOutcome } from '../../../../ui/Outcome';
import { saveFile } from '../../../../ui/save-file';
import type { NumberedCase } from '../../model/patient';
import { shownEntry } from '../../model/shown-entry';
import { hasSeveralModels } from '../../model/timeline';
import type { Visit } from '../../model/visits';
import { usePlaceWords } from '../body/use-place-words';
import { formatDay } from '../day';
import { useAnswerLine } from '../use-answer-words';
import { useCaseExports } from '../use-case-exports';

interface Props {
  patient: Patient;
  numbered: readonly NumberedCase[];
  visits: readonly Visit[];
}

/**
 * A patient's report as PDF: a page of all lesions, then a page for the answer that the screen shows of each. An
 * answer whose package is gone has its line and no page. What a DICOM file said stays in unless a switch says
 * otherwise.
 */
export function PatientReportButton({ patient, numbered, visits }: Props) {
  const { t, i18n } = useTranslation();
  const { language } = useLanguage();
  const notify = useOutcome();
  const exportsOf = useCaseExports();
  const how = useExportWords();
  const placeWords = usePlaceWords();
  const answerLine = useAnswerLine();
  const [withFileMetadata, setWithFileMetadata] = useState(false);
  const [busy, setBusy] = useState(false);

  const make = () => {
    const { words } = how();
    const texts = i18n.getResource(language, 'translation', 'patientPage.report') as PatientReportWords;
    const leaving = numbered.flatMap(({ number, lesionCase }) => {
      const shown = shownEntry(lesionCase);
      const exports = shown ? exportsOf(lesionCase, shown.analysis.provenance.packageId) : [];
      const own = exports.find(({ analysis }) => analysis === shown?.analysis);
      return own ? [{ number, exportable: cleared(own, withFileMetadata) }] : [];
    });
    const files = numbered.flatMap(({ lesionCase }) => lesionCase.photos.map(({ dicom }) => dicom));
    const hidden = (fact: 'age' | 'sex') => !withFileMetadata && files.some((dicom) => dicom?.[fact] != null);
    const lesions = numbered.map(({ number, lesionCase, pin }): LesionRow => {
      const { lesion, photos } = lesionCase;
      const index = leaving.findIndex((each) => each.number === number);
      const shown = shownEntry(lesionCase);
      const line = shown && answerLine(shown.analysis, shown, hasSeveralModels(lesionCase));
      const site = shown?.analysis.siteCalibration;
      const bySite = site ? ` ${siteText(site, words.verdict, language)}` : '';
      // A place that a file gave stays in; one that was picked on the map did not come from a file.
      const fromFile = !withFileMetadata && !lesion.spot && photos.some(({ dicom }) => dicom?.site != null);
      return {
        number,
        label: lesion.label || t('caseBook.unnamed'),
        place: fromFile ? null : placeWords(lesion),
        pin: fromFile ? null : pin,
        lastPhoto: photos[0] ? formatDay(photos[0].takenAt, language) : null,
        // In the words of the card, where there is one.
        histology: leaving[index]?.exportable.case?.histology ?? lesion.histology?.label ?? null,
        report: index >= 0 ? index : null,
        answer: line === null ? null : `${line.replace(/\.?$/, '.')}${bySite}`,
      };
    });
    const age = hidden('age') ? null : ageOn(patient, new Date().toISOString());
    const about: [string, string | null][] = [
      [words.case.alias, patient.alias || t('caseBook.unnamed')],
      [words.case.age, age === null ? words.unknown : String(age)],
      [words.case.sex, patient.sex === null || hidden('sex') ? words.unknown : words.sex[patient.sex]],
      [texts.nextVisit, patient.nextVisit && formatDay(`${patient.nextVisit}T12:00:00`, language)],
      [words.case.notes, patient.notes || null],
    ];
    return pdfOf(
      leaving.map(({ exportable }) => exportable),
      how(),
      {
        words: texts,
        about: about.flatMap(([label, value]): ReportRow[] => (value ? [{ label, value }] : [])),
        summary: fill(texts.summary, {
          lesions: numbered.length,
          visits: visits.length,
          day: visits[0]?.seen[0]?.photos[0] ? formatDay(visits[0].seen[0].photos[0].takenAt, language) : '–',
        }),
        lesions,
        letters: { left: t('patientPage.map.letters.left'), right: t('patientPage.map.letters.right') },
        createdAt: new Date().toISOString(),
      },
    );
  };

  const save = async () => {
    setBusy(true);
    try {
      const made = await make();
      if (!made.ok) return notify.failed(t('export.failed'), made.failure);
      const name = `${stem(patient.alias)}.pdf`;
      saveFile(name, made.value);
      notify.done(t('export.saved', { name }));
    } catch (error) {
      notify.failed(t('export.failed'), { code: 'internal', detail: { reason: String(error) } });
    } finally {
      setBusy(false);
    }
  };

  return (
    <Menu shadow="md" width={300} position="bottom-end">
      <Menu.Target>
        <Button
          size="sm"
          variant="default"
          loading={busy}
          leftSection={<IconFileTypePdf size={18} aria-hidden />}
        >
          {t('export.menu')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconFileTypePdf size={18} />} onClick={() => void save()}>
          {t('patientPage.report.button')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.CheckboxItem closeMenuOnClick={false} checked={withFileMetadata} onChange={setWithFileMetadata}>
          {t('export.withFileMetadata')}
        </Menu.CheckboxItem>
      </Menu.Dropdown>
    </Menu>
  );
}
