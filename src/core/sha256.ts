/** In hexadecimal, small letters. Rejects on a page over plain http, where browsers have no cryptography. */
export async function sha256(bytes: ArrayBuffer | Uint8Array): Promise<string> {
  // The types fear shared memory, which no caller has.
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes as BufferSource));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
