import { parseSiteCalibration } from '../../src/core/decision/site-calibration-schema';
import { parseResults } from '../../src/core/evaluation/results-file';
import { readTakeaway } from '../../src/core/takeaway/takeaway';
import { readSessionFile } from '../../src/features/clinic/model/session/session-file';
import { parsePart } from '../../src/features/evaluate/model/part-file';
import { readLanguageFile, textsToShow } from '../../src/features/kiosk/model/language-file';
import { findSamples } from '../../src/features/kiosk/model/samples';
import { takeawayAddress } from '../../src/features/kiosk/model/takeaway-address';
import { drawnFiles } from '../../src/features/quiz/model/drawn-folder';
import { readSetFile } from '../../src/features/quiz/model/set-file';
import { QuickBlob } from './bytes';

/** Readers of the files and addresses of single screens. */

type Bytes = Uint8Array<ArrayBuffer>;
const text = (bytes: Bytes) => new TextDecoder().decode(bytes);
/** Some texts of the kiosk: with all of them, what comes out would change with every sentence on a screen. */
export const kioskTexts = new Map([
  ['kiosk.touch', 'Touch to begin'],
  ['kiosk.idle_one', 'Back in {{count}} second'],
  ['kiosk.idle_other', 'Back in {{count}} seconds'],
  ['kiosk.model', '{{title}}, version {{version}}'],
  ['verdict.flagged', 'Flagged'],
  ['app.name', 'Lentigo'],
]);
const page = 'http://clinic.test/lentigo/';

export const screenReaders = {
  'teaching set (zip)': async (bytes: Bytes) => {
    const read = await readSetFile(new QuickBlob(bytes));
    if (!read.ok) return read.problem.reason;
    return read.value.leftOut.length > 0 ? 'read in part' : 'read';
  },
  'session of the clinic (zip)': async (bytes: Bytes) => {
    const read = await readSessionFile(new QuickBlob(bytes));
    if (!read.ok) return read.failure.code;
    return read.value.skipped > 0 ? 'read in part' : 'read';
  },
  'results of an evaluation': async (bytes: Bytes) => {
    const read = parseResults(text(bytes));
    return read.ok ? 'read' : read.failure.code;
  },
  'part of an evaluation': async (bytes: Bytes) => (parsePart(text(bytes)).ok ? 'read' : 'unreadable'),
  'calibration of a site': async (bytes: Bytes) => {
    const read = parseSiteCalibration(text(bytes));
    return read.ok ? 'read' : read.failure.code;
  },
  'language file of the kiosk': async (bytes: Bytes) => {
    const read = readLanguageFile(text(bytes), kioskTexts);
    if (!read.ok) return read.problem;
    const shown = textsToShow(read.language, kioskTexts);
    if (Object.values(shown).some((each) => typeof each !== 'string')) throw new Error('no text is shown');
    return 'read';
  },
  'takeaway (address)': async (bytes: Bytes) => {
    const read = readTakeaway(text(bytes));
    return read.ok ? 'read' : read.problem;
  },
  'public address of a kiosk': async (bytes: Bytes) => {
    const address = takeawayAddress(text(bytes), 'http://localhost/');
    if (address === null) return 'none';
    new URL(address);
    return 'read';
  },
  'list.json of samples': async (bytes: Bytes) => {
    const fetch = async (url: string) => new Response(url.endsWith('list.json') ? bytes : 'a picture');
    // The quiz reads the same list; what is no list has no files.
    await drawnFiles(fetch);
    const { failure } = await findSamples('', page, fetch);
    return failure?.reason ?? 'read';
  },
};
