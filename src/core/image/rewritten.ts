/** An image written again with nothing in it but what a decoder needs. */
export interface RewrittenImage {
  parts: Uint8Array[];
  /** What went, by name, once each. */
  found: Set<string>;
  /** The TIFF block of the EXIF. */
  tiff: Uint8Array | null;
  plain: boolean;
  transparent: boolean;
}
