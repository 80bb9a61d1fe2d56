import cameraKo from './camera.ko.json' with { type: 'json' };
import caseBookKo from './case-book.ko.json' with { type: 'json' };
import outKo from './export.ko.json' with { type: 'json' };
import factsKo from './facts.ko.json' with { type: 'json' };
import homeKo from './home.ko.json' with { type: 'json' };
import installKo from './install.ko.json' with { type: 'json' };
import ko from './ko.json' with { type: 'json' };
import modelsKo from './models.ko.json' with { type: 'json' };
import plotsKo from './plots.ko.json' with { type: 'json' };
import reportKo from './report.ko.json' with { type: 'json' };
import selfCheckKo from './self-check.ko.json' with { type: 'json' };
import verdictKo from './verdict.ko.json' with { type: 'json' };
import viewerKo from './viewer.ko.json' with { type: 'json' };

/** Every text of the app in Korean: one file a part of the app, each with one key of its own. */
export const korean = {
  ...ko,
  ...cameraKo,
  ...caseBookKo,
  ...factsKo,
  ...homeKo,
  ...installKo,
  ...modelsKo,
  ...outKo,
  ...plotsKo,
  ...reportKo,
  ...selfCheckKo,
  ...verdictKo,
  ...viewerKo,
};
