import quizEn from './quiz.en.json' with { type: 'json' };
import quizKo from './quiz.ko.json' with { type: 'json' };
import tableNotesEn from './table-notes.en.json' with { type: 'json' };
import tableNotesKo from './table-notes.ko.json' with { type: 'json' };

/** Texts of the quiz: no other screen waits for them. */
export const lateQuiz = { en: { ...quizEn, ...tableNotesEn }, ko: { ...quizKo, ...tableNotesKo } };
