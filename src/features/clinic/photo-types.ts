/** What the file picker offers. A drop may bring anything; the engine looks at the bytes and says what it cannot read. */
export const photoTypes = 'image/jpeg,image/png,image/webp';
