import importModelEn from './import-model.en.json' with { type: 'json' };
import importModelKo from './import-model.ko.json' with { type: 'json' };

/** Texts of the wizard for models of other formats: no other screen waits for them. */
export const lateModels = { en: importModelEn, ko: importModelKo };
