/** A picture file as a data URL; null where it is larger than `most` bytes as such. */
export async function readLogo(file: File, maxBytes: number): Promise<string | null> {
  // As text it takes a third more, so that a larger file needs no reading.
  if (file.size > maxBytes) return null;
  const url = await new Promise<string | null>((resolve) => {
    const reader = new FileReader();
    reader.onload = () => resolve(typeof reader.result === 'string' ? reader.result : null);
    reader.onerror = () => resolve(null);
    reader.readAsDataURL(file);
  });
  return url !== null && url.length <= maxBytes && url.startsWith('data:image/') ? url : null;
}
