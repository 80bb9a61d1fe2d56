import { z } from 'zod';
import type { Analysis } from '../analysis';
import { failure, type Result, success } from '../failure';
import { savedSchema } from '../patient/photo-origin';
import { analysisSchema, analysisSchema1 } from './analysis-schema';
import { type AnalysisNotes, notesSchema } from './notes-schema';
import {
  type OtherLesion,
  otherLesionSchema,
  type UnaskedLesions,
  unaskedLesionsSchema,
} from './other-lesions';

/** One analysis as a JSON file of its own: docs/analysis-json.md. */

/** What patient and lesion are called in the case that the photo is saved in. */
const caseSchema = savedSchema.omit({ lesionId: true, photoId: true, fromFile: true });

const shared = {
  format: z.literal('lentigo-analysis'),
  exportedAt: z.iso.datetime(),
  disclaimer: z.object({ en: z.string().min(1), ko: z.string().min(1) }),
  photo: z.object({
    name: z.string().nullable(),
    type: z.string(),
    bytes: z.number().int().nonnegative(),
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    data: z.base64().optional(),
  }),
  // Later than the others: a file of before has none.
  notes: notesSchema.optional(),
  case: caseSchema.optional(),
  otherLesions: z.array(otherLesionSchema).optional(),
  unaskedLesions: z.array(unaskedLesionsSchema).optional(),
};

const documentSchema = z.object({ ...shared, schema: z.literal(2), analysis: analysisSchema });
/** Before 0.2.0: some fields have other names. */
const documentSchema1 = z.object({ ...shared, schema: z.literal(1), analysis: analysisSchema1 });

export type AnalysisDocument = z.output<typeof documentSchema>;

interface DocumentPhoto {
  name: string | null;
  /** MIME type. */
  type: string;
  bytes: number;
  /** Of the file as it is kept here, or of `data` where that is given. */
  sha256: string;
  /** The photo itself as Base64, without its metadata: only where the user asks that it goes along. */
  data?: string;
}

export interface DocumentSource {
  analysis: Analysis;
  photo: DocumentPhoto;
  /** What was drawn and noted beside the answer. */
  notes?: AnalysisNotes;
  /** The case that the photo is saved in. */
  case?: z.output<typeof caseSchema>;
  /** What was said of the other lesions in the photo, the one to worry most about first. */
  otherLesions?: OtherLesion[];
  /** Lesions that were found in the photo and have no answer. */
  unaskedLesions?: UnaskedLesions[];
  disclaimer: { en: string; ko: string };
  /** ISO 8601, UTC. */
  exportedAt: string;
}

export function documentText(source: DocumentSource): string {
  const document = { format: 'lentigo-analysis' as const, schema: 2 as const, ...source };
  return `${JSON.stringify(z.encode(documentSchema, document), null, 2)}\n`;
}

/**
 * Reads what `documentText` wrote, and wrote before 0.2.0. Fails with "document-invalid", naming the first
 * field that is wrong.
 */
export function parseDocument(text: string): Result<AnalysisDocument> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return failure('document-invalid', { problem: 'not JSON' });
  }
  const isFirst = (json as { schema?: unknown } | null)?.schema === 1;
  const parsed = isFirst
    ? z.safeDecode(documentSchema1, json as z.input<typeof documentSchema1>)
    : z.safeDecode(documentSchema, json as z.input<typeof documentSchema>);
  if (parsed.success) return success({ ...parsed.data, schema: 2 });
  const [first] = parsed.error.issues;
  return failure('document-invalid', { problem: `${first?.path.join('.') || 'whole'}: ${first?.message}` });
}
