import acneEn from './acne.en.json' with { type: 'json' };
import acneKo from './acne.ko.json' with { type: 'json' };
import benchmarkEn from './benchmark.en.json' with { type: 'json' };
import benchmarkKo from './benchmark.ko.json' with { type: 'json' };
import cameraEn from './camera.en.json' with { type: 'json' };
import cameraKo from './camera.ko.json' with { type: 'json' };
import caseBookEn from './case-book.en.json' with { type: 'json' };
import caseBookKo from './case-book.ko.json' with { type: 'json' };
import en from './en.json' with { type: 'json' };
import evaluateEn from './evaluate.en.json' with { type: 'json' };
import evaluateKo from './evaluate.ko.json' with { type: 'json' };
import outEn from './export.en.json' with { type: 'json' };
import outKo from './export.ko.json' with { type: 'json' };
import factsEn from './facts.en.json' with { type: 'json' };
import factsKo from './facts.ko.json' with { type: 'json' };
import homeEn from './home.en.json' with { type: 'json' };
import homeKo from './home.ko.json' with { type: 'json' };
import installEn from './install.en.json' with { type: 'json' };
import installKo from './install.ko.json' with { type: 'json' };
import kioskEn from './kiosk.en.json' with { type: 'json' };
import kioskKo from './kiosk.ko.json' with { type: 'json' };
import ko from './ko.json' with { type: 'json' };
import modelsEn from './models.en.json' with { type: 'json' };
import modelsKo from './models.ko.json' with { type: 'json' };
import plotsEn from './plots.en.json' with { type: 'json' };
import plotsKo from './plots.ko.json' with { type: 'json' };
import reportEn from './report.en.json' with { type: 'json' };
import reportKo from './report.ko.json' with { type: 'json' };
import selfCheckEn from './self-check.en.json' with { type: 'json' };
import selfCheckKo from './self-check.ko.json' with { type: 'json' };
import siteCalibrationEn from './site-calibration.en.json' with { type: 'json' };
import siteCalibrationKo from './site-calibration.ko.json' with { type: 'json' };
import verdictEn from './verdict.en.json' with { type: 'json' };
import verdictKo from './verdict.ko.json' with { type: 'json' };
import viewerEn from './viewer.en.json' with { type: 'json' };
import viewerKo from './viewer.ko.json' with { type: 'json' };

/** Every text of the app, in each language: one file a part of the app, each with one key of its own. */
export const english = {
  ...en,
  ...acneEn,
  ...benchmarkEn,
  ...cameraEn,
  ...caseBookEn,
  ...evaluateEn,
  ...factsEn,
  ...homeEn,
  ...installEn,
  ...kioskEn,
  ...modelsEn,
  ...outEn,
  ...plotsEn,
  ...reportEn,
  ...selfCheckEn,
  ...siteCalibrationEn,
  ...verdictEn,
  ...viewerEn,
};
export const korean = {
  ...ko,
  ...acneKo,
  ...benchmarkKo,
  ...cameraKo,
  ...caseBookKo,
  ...evaluateKo,
  ...factsKo,
  ...homeKo,
  ...installKo,
  ...kioskKo,
  ...modelsKo,
  ...outKo,
  ...plotsKo,
  ...reportKo,
  ...selfCheckKo,
  ...siteCalibrationKo,
  ...verdictKo,
  ...viewerKo,
};
