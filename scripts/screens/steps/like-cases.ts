/**
 * Makes lesions with a known histology of the answer that the session keeps, each a step further from it. Runs in
 * the page.
 */
export async function keepLikeCases(): Promise<void> {
  const open = (name: string) =>
    new Promise<IDBDatabase>((resolve) => {
      const request = indexedDB.open(name);
      request.onsuccess = () => resolve(request.result);
    });
  const first = (database: IDBDatabase, store: string) =>
    new Promise<unknown>((resolve) => {
      const request = database.transaction(store).objectStore(store).getAll();
      request.onsuccess = () => resolve(request.result[0]);
    });
  const sessions = await open('lentigo-sessions');
  const { analyses } = (await first(sessions, 'answers')) as {
    analyses: { embedding: number[]; lesion: object | null }[];
  };
  const image = await first(sessions, 'files');
  sessions.close();
  const [analysis] = analyses;
  if (!analysis) throw new Error('no answer is kept');
  const stores = ['lesions', 'photos', 'images', 'entries'];
  const database = await open('lentigo-cases');
  const transaction = database.transaction(stores, 'readwrite');
  const put = (store: string, value: unknown, key?: string) => transaction.objectStore(store).put(value, key);
  const time = '2025-01-01T00:00:00.000Z';
  const base = { schema: 1, createdAt: time, deletedAt: null };
  const size = { width: 640, height: 480, type: 'image/png', bytes: 1, sha256: '0'.repeat(64) };
  const about = { takenAt: time, scale: null, source: 'file', dicom: null };
  for (let index = 1; index <= 24; index++) {
    const [l, p] = [`like-${index}`, `photo-${index}`];
    const moved = analysis.embedding.map((value, at) => (at === 0 ? value + 0.1 * index : value));
    const length = Math.hypot(...moved);
    const embedding = moved.map((value) => value / length);
    const histology = { label: index % 3 ? 'nv' : 'mel', recordedAt: time, notes: '' };
    const noted = { patientId: null, site: null, impressions: [], notes: '', tags: [] };
    put('lesions', { ...base, ...noted, id: l, label: `Spot ${index}`, histology });
    put('photos', { ...base, ...size, ...about, id: p, lesionIds: [l], name: `${index}.png` });
    put('images', image, p);
    const answer = { ...analysis, activation: null, attention: null, lesion: null, embedding };
    put('entries', { ...base, id: `entry-${index}`, photoId: p, lesionId: l, analysis: answer });
  }
  await new Promise((resolve) => {
    transaction.oncomplete = resolve;
  });
  database.close();
}
