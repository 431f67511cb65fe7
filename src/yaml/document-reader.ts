import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import type { ZodType } from 'zod';
import type { PathStep } from './document.js';
import { type Finding, findingAt, validate } from './findings.js';
import type { YamlDocument } from './read-yaml.js';

/** Takes the files of a folder in one after another, hashes them, and keeps whatever is wrong with them. */
export class DocumentReader {
  readonly findings: Finding[] = [];
  readonly hash = createHash('sha256');

  /** Has the hash cover a document, whatever its form. */
  cover({ file, value }: YamlDocument): void {
    this.hash.update(basename(file)).update(JSON.stringify(value ?? null));
  }

  /** What a document holds, when it is of this form. */
  take<T>(schema: ZodType<T>, document: YamlDocument): T | undefined {
    this.cover(document);
    const result = validate(schema, document);
    this.findings.push(...result.findings);
    return result.value;
  }

  find(document: YamlDocument, path: readonly PathStep[], found: string, expected: string): void {
    this.findings.push(findingAt(document, path, found, expected));
  }
}
