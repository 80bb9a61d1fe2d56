/**
 * What a class may be, from the least to the most urgent. Premalignant: no cancer yet, to be treated so that
 * it never becomes one. By itself, so that who orders classes does not bring in the schema of cards.
 */
export const kinds = ['benign', 'premalignant', 'malignant'] as const;
