import evaluateEn from './evaluate.en.json' with { type: 'json' };
import evaluateKo from './evaluate.ko.json' with { type: 'json' };
import siteCalibrationEn from './site-calibration.en.json' with { type: 'json' };
import siteCalibrationKo from './site-calibration.ko.json' with { type: 'json' };
import subgroupEn from './subgroup.en.json' with { type: 'json' };
import subgroupKo from './subgroup.ko.json' with { type: 'json' };
import tableNotesEn from './table-notes.en.json' with { type: 'json' };
import tableNotesKo from './table-notes.ko.json' with { type: 'json' };

/** Texts of Evaluate and of site calibrations: no screen without them waits. */
export const lateEvaluate = {
  en: { ...evaluateEn, ...siteCalibrationEn, ...subgroupEn, ...tableNotesEn },
  ko: { ...evaluateKo, ...siteCalibrationKo, ...subgroupKo, ...tableNotesKo },
};
