/** One diagnosis, by every word for it. */
interface Diagnosis {
  /** What a model that tells only malignant from benign takes it for. */
  malignant: boolean;
  words: readonly string[];
}

/**
 * Words that tables and clinicians use for the same diagnosis, with the class ids of the data sets: HAM10000,
 * BCN20000 and PAD-UFES-20 each write their own. HAM10000's benign keratosis has seborrhoeic keratosis in it,
 * and its akiec has actinic keratosis and Bowen's disease (Tschandl et al. 2018, "The HAM10000 dataset").
 */
const diagnoses: readonly Diagnosis[] = [
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

/** The diagnosis that a word means; null of a word that is not in the table. */
export function diagnosisOf(label: string): Diagnosis | null {
  const word = plainWord(label);
  return diagnoses.find(({ words }) => words.some((spelling) => plainWord(spelling) === word)) ?? null;
}

/** Whether two labels, class ids or free words, name one diagnosis as far as words tell. */
export function sameDiagnosis(label: string, other: string): boolean {
  if (plainWord(label) === plainWord(other)) return true;
  const diagnosis = diagnosisOf(label);
  return diagnosis !== null && diagnosis === diagnosisOf(other);
}

/** Case, blanks, hyphens and the like do not tell two words apart. */
export const plainWord = (word: string) =>
  word
    .toLowerCase()
    .normalize('NFC')
    .replace(/[\s_\-.'’()]+/g, '');
