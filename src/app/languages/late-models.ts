import importModelEn from './import-model.en.json' with { type: 'json' };
import importModelKo from './import-model.ko.json' with { type: 'json' };
import siteCalibrationEn from './site-calibration.en.json' with { type: 'json' };
import siteCalibrationKo from './site-calibration.ko.json' with { type: 'json' };
import subgroupEn from './subgroup.en.json' with { type: 'json' };
import subgroupKo from './subgroup.ko.json' with { type: 'json' };

/** Texts of the wizard for models of other formats and of site calibrations: no screen without them waits. */
export const lateModels = {
  en: { ...importModelEn, ...siteCalibrationEn, ...subgroupEn },
  ko: { ...importModelKo, ...siteCalibrationKo, ...subgroupKo },
};
