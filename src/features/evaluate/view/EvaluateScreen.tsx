import { type DragEvent, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FailureNotice } from '../../../ui/FailureNotice';
import { droppedFolder } from '../model/folder';
import { useEvaluateServices, useEvaluation } from './context';
import styles from './evaluate.module.css';
import { RunView } from './RunView';
import { SetupView } from './SetupView';

/** Models judged on the user's own labelled folder: set up, run, results. */
export function EvaluateScreen() {
  const { t } = useTranslation();
  const { evaluation } = useEvaluateServices();
  const run = useEvaluation((state) => state.run);
  const notKept = useEvaluation((state) => state.notKept);
  const [dragging, setDragging] = useState(false);

  useEffect(() => {
    void evaluation.refresh();
  }, [evaluation]);

  const drop = async (event: DragEvent) => {
    event.preventDefault();
    setDragging(false);
    const folder = await droppedFolder(event.dataTransfer);
    if (!folder) return;
    const [only] = folder.files;
    if (!run && folder.files.length === 1 && only && /\.(csv|tsv)$/i.test(only.path)) {
      const file = await folder.open(only.path);
      if (file) await evaluation.chooseTable(file);
    } else if (run) await evaluation.giveFolder(folder);
    else await evaluation.chooseFolder(folder);
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a drop is a second way to what the button "Choose a folder" does
    <div
      className={styles.page}
      onDragOver={(event) => {
        event.preventDefault();
        setDragging(true);
      }}
      onDragLeave={(event) => {
        if (event.relatedTarget === null) setDragging(false);
      }}
      onDrop={(event) => void drop(event)}
    >
      {notKept && <FailureNotice failure={notKept} heading={t('evaluate.notKept')} />}
      {run ? <RunView run={run} /> : <SetupView />}
      {dragging && <div className={styles.dropping}>{t('evaluate.dropFolder')}</div>}
    </div>
  );
}
