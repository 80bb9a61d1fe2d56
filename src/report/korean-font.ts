import address from '@expo-google-fonts/nanum-gothic/400Regular/NanumGothic_400Regular.ttf?url';
import { failure, type Result, success } from '../core/failure';
import { fetchFile } from '../runtime/fetch-file';

const file = 'NanumGothic_400Regular.ttf';

/**
 * Nanum Gothic (SIL Open Font License 1.1; all 11,172 syllables, 2.05 MB), fetched from this page's own
 * server when the first report is made. Fails with "font-unavailable" where it does not come, or not in time.
 */
export async function loadKoreanFont(): Promise<Result<Uint8Array<ArrayBuffer>>> {
  try {
    const answer = await fetchFile(address);
    if (!answer.ok) return failure('font-unavailable', { file, status: answer.status });
    return success(new Uint8Array(await answer.arrayBuffer()));
  } catch (error) {
    return failure('font-unavailable', { file, reason: String(error) });
  }
}
