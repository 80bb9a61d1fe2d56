/** Truth as the ISIC challenges write it: a column a class, 1 in the one that is true and 0 in all others. */
export interface OneHot {
  columns: string[];
  /** One a row: the name of its column; '' where no column has a 1. */
  labels: string[];
}

/**
 * Finds the columns that are a class each; null where there are fewer than two, or where a row has two of
 * them at once.
 */
export function oneHotLabels(
  head: readonly string[],
  records: readonly Readonly<Record<string, string>>[],
): OneHot | null {
  const bit = (value = '') => (/^[01]([.,]0*)?$/.test(value) ? Number(value[0]) : null);
  const columns = head.filter((column) => {
    const values = records.flatMap((record) => record[column] ?? []);
    return values.length > 0 && values.every((value) => bit(value) !== null);
  });
  const labels = records.map((record) => columns.filter((column) => bit(record[column]) === 1));
  const some = labels.some(({ length }) => length === 1);
  if (columns.length < 2 || !some || labels.some(({ length }) => length > 1)) return null;
  return { columns, labels: labels.map(([label = '']) => label) };
}
