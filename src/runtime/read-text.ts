import { type FailureCode, failure, type Result, success } from '../core/failure';

/**
 * A file's text. One of more than `maxBytes` fails with `code` before a byte of it is read: a page that reads half a
 * gigabyte by mistake stands still. Fails with "file-unreadable" where the browser cannot read it.
 */
export async function readText(file: Blob, maxBytes: number, code: FailureCode): Promise<Result<string>> {
  if (file.size > maxBytes) return failure(code, { problem: `${file.size} bytes, of at most ${maxBytes}` });
  try {
    return success(await file.text());
  } catch (error) {
    return failure('file-unreadable', { reason: String(error) });
  }
}
