import { type CaseList, caseListSchema, drawnFolder } from '../../../core/teaching/case-list';
import { fetchFile } from '../../../runtime/fetch-file';
import type { FolderFile } from './set-file';

/**
 * The drawn cases that the program comes with, as the files of a folder that somebody chose. What cannot be
 * fetched, or does not come in time, is left out. A list that is none comes back alone, such as the sign-in page
 * of a network: who reads the folder says what is wrong with it.
 */
export async function drawnFiles(
  fetch: (url: string, init?: RequestInit) => Promise<Response>,
): Promise<FolderFile[]> {
  const get = async (path: string): Promise<FolderFile[]> => {
    const response = await fetchFile(drawnFolder + path, fetch).catch(() => null);
    return response?.ok ? [{ path, file: await response.blob() }] : [];
  };
  const [list] = await get('list.json');
  if (!list) return [];
  const samples = samplesOf(await list.file.text());
  const photos = await Promise.all(samples.map(({ file }) => get(file)));
  return [list, ...photos.flat()];
}

function samplesOf(text: string): CaseList['samples'] {
  try {
    return caseListSchema.safeParse(JSON.parse(text)).data?.samples ?? [];
  } catch {
    return [];
  }
}
