import cameraEn from './camera.en.json' with { type: 'json' };
import caseBookEn from './case-book.en.json' with { type: 'json' };
import en from './en.json' with { type: 'json' };
import outEn from './export.en.json' with { type: 'json' };
import factsEn from './facts.en.json' with { type: 'json' };
import homeEn from './home.en.json' with { type: 'json' };
import installEn from './install.en.json' with { type: 'json' };
import modelsEn from './models.en.json' with { type: 'json' };
import plotsEn from './plots.en.json' with { type: 'json' };
import reportEn from './report.en.json' with { type: 'json' };
import selfCheckEn from './self-check.en.json' with { type: 'json' };
import verdictEn from './verdict.en.json' with { type: 'json' };
import viewerEn from './viewer.en.json' with { type: 'json' };

/** Every text of the app in English but those that come late (late*.ts): one file a part of the app, each with
 * one key of its own. */
export const english = {
  ...en,
  ...cameraEn,
  ...caseBookEn,
  ...factsEn,
  ...homeEn,
  ...installEn,
  ...modelsEn,
  ...outEn,
  ...plotsEn,
  ...reportEn,
  ...selfCheckEn,
  ...verdictEn,
  ...viewerEn,
};
