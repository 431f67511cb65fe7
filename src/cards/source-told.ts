import type { Language } from '../schemas/service.js';
import type { SourceReference } from '../schemas/verdict.js';
import type { Terms } from './library.js';

/** Document and section in the words of a language; what nobody worded as it is cited. */
export function sourceTold(
  { documents, sections }: Pick<Terms, 'documents' | 'sections'>,
  { document, section }: SourceReference,
  language: Language,
): SourceReference {
  return {
    document: documents[document]?.[language] ?? document,
    section: sections[section]?.[language] ?? section,
  };
}
