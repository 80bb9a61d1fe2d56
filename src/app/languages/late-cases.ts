import handOverEn from './hand-over.en.json' with { type: 'json' };
import handOverKo from './hand-over.ko.json' with { type: 'json' };
import healthRecordEn from './health-record.en.json' with { type: 'json' };
import healthRecordKo from './health-record.ko.json' with { type: 'json' };
import keptHereEn from './kept-here.en.json' with { type: 'json' };
import keptHereKo from './kept-here.ko.json' with { type: 'json' };
import { lateSiteMark } from './late-site-mark';
import paneEn from './pane.en.json' with { type: 'json' };
import paneKo from './pane.ko.json' with { type: 'json' };
import patientEn from './patient.en.json' with { type: 'json' };
import patientKo from './patient.ko.json' with { type: 'json' };
import sessionEn from './session.en.json' with { type: 'json' };
import sessionKo from './session.ko.json' with { type: 'json' };
import similarEn from './similar.en.json' with { type: 'json' };
import similarKo from './similar.ko.json' with { type: 'json' };
import tableNotesEn from './table-notes.en.json' with { type: 'json' };
import tableNotesKo from './table-notes.ko.json' with { type: 'json' };
import unaskedLesionsEn from './unasked-lesions.en.json' with { type: 'json' };
import unaskedLesionsKo from './unasked-lesions.ko.json' with { type: 'json' };

/** Texts of the clinic and the cases that the first paint does not wait for. */
export const lateCases = {
  en: {
    ...patientEn,
    ...paneEn,
    ...handOverEn,
    ...healthRecordEn,
    ...sessionEn,
    ...similarEn,
    ...keptHereEn,
    ...tableNotesEn,
    ...lateSiteMark.en,
    ...unaskedLesionsEn,
  },
  ko: {
    ...patientKo,
    ...paneKo,
    ...handOverKo,
    ...healthRecordKo,
    ...sessionKo,
    ...similarKo,
    ...keptHereKo,
    ...tableNotesKo,
    ...lateSiteMark.ko,
    ...unaskedLesionsKo,
  },
};
