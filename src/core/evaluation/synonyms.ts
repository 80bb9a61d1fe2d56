import type { Card } from '../card/card';

/** Words that tables use for the same diagnosis. Class ids of the data sets are among them, so that a word leads to a class. */
const diagnoses: readonly { malignant: boolean; words: readonly string[] }[] = [
  {
    malignant: false,
    words: [
      'nv',
      'nev',
      'nevus',
      'naevus',
      'nevi',
      'naevi',
      'mole',
      'melanocytic nevus',
      'melanocytic naevus',
      'dysplastic nevus',
      'atypical nevus',
      'common nevus',
      '모반',
      '점',
      '멜라닌세포모반',
    ],
  },
  { malignant: true, words: ['mel', 'melanoma', 'malignant melanoma', 'melanoma in situ', '흑색종'] },
  { malignant: true, words: ['bcc', 'basal cell carcinoma', 'basalioma', '기저세포암'] },
  {
    malignant: true,
    words: ['scc', 'squamous cell carcinoma', '편평세포암'],
  },
  {
    malignant: true,
    words: [
      'akiec',
      'ack',
      'ak',
      'actinic keratosis',
      'actinic keratoses',
      'solar keratosis',
      'bowen disease',
      "bowen's disease",
      'intraepithelial carcinoma',
      '광선각화증',
      '보웬병',
    ],
  },
  {
    malignant: false,
    words: [
      'bkl',
      'sek',
      'sk',
      'benign keratosis',
      'seborrheic keratosis',
      'seborrhoeic keratosis',
      'solar lentigo',
      'lentigo',
      'lichenoid keratosis',
      'lichen planus-like keratosis',
      '양성 각화증',
      '지루각화증',
    ],
  },
  { malignant: false, words: ['df', 'dermatofibroma', '피부섬유종'] },
  {
    malignant: false,
    words: [
      'vasc',
      'vascular lesion',
      'vascular',
      'angioma',
      'hemangioma',
      'haemangioma',
      'angiokeratoma',
      'pyogenic granuloma',
      '혈관 병변',
      '혈관종',
    ],
  },
  { malignant: false, words: ['comedonal', 'comedo', 'comedones', 'comedonal acne', '면포성 여드름'] },
  { malignant: false, words: ['papular', 'papule', 'papules', 'papular acne', '구진성 여드름'] },
  { malignant: false, words: ['pustular', 'pustule', 'pustules', 'pustular acne', '농포성 여드름'] },
  {
    malignant: false,
    words: ['nodulocystic', 'nodule', 'nodular', 'cyst', 'cystic', 'nodulocystic acne', '결절낭종성 여드름'],
  },
];

/**
 * The class of a model that a label of a table most likely means, or null: the class's id, its name in either language, a word for the
 * same diagnosis; for a model that only tells malignant from benign, what the diagnosis is. A proposal: the user has the last word.
 */
export function proposeClass(label: string, classes: Card['classes']): string | null {
  const word = plain(label);
  const byWord = (wanted: string) =>
    classes.find(({ id, name }) => [id, name.en, name.ko].some((spelling) => plain(spelling) === wanted))?.id;
  const exact = byWord(word);
  if (exact !== undefined) return exact;
  const diagnosis = diagnoses.find(({ words }) => words.some((spelling) => plain(spelling) === word));
  if (!diagnosis) return null;
  const same = diagnosis.words
    .map(plain)
    .map(byWord)
    .find((id) => id !== undefined);
  if (same !== undefined) return same;
  return byWord(diagnosis.malignant ? 'malignant' : 'benign') ?? null;
}

/** Case, blanks, hyphens and the like do not tell two words apart. */
const plain = (word: string) =>
  word
    .toLowerCase()
    .normalize('NFC')
    .replace(/[\s_\-.'’()]+/g, '');
